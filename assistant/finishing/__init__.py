"""What is done to every reader's answer: speakers, disagreements, sentences left out."""

# ruff: noqa: E501  (the pages are easier to check with a tag's attributes on one line)
"""Seventy more news pages, written by someone who had not read the rules that read them nor the other pages.

Each layout copies how a real publishing system nests and names things; places, people, outlets and words are made up.
What a page expects is what a careful person reads in it: an outlet, author or date that it does not state is empty.
Text in `optional` (standfirsts, headings inside the text, datelines, corrections, notes on the authors) may be kept or not.
"""

import html as html_module
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Page:
    """The bytes of a page and what a careful person reads in it."""

    name: str
    data: bytes
    title: str
    outlet: str
    author: str
    published: date | None
    sentences: tuple[str, ...]
    updated: date | None = None
    furniture: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    url: str = ""
    content_type: str = ""


@dataclass(frozen=True)
class Story:
    """A headline, its writer, and paragraphs of sentences; [[words]] are a link."""

    title: str
    author: str
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(plain(s) for paragraph in self.paragraphs for s in paragraph)


def plain(text: str) -> str:
    return re.sub(r"\[\[|\]\]", "", text)


def linked(text: str) -> str:
    return re.sub(r"\[\[(.*?)\]\]", r'<a href="/topic/more">\1</a>', text)


def story(title: str, author: str, text: str) -> Story:
    """The paragraphs of `text` are its lines, and `|` parts their sentences."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return Story(title, author, tuple(tuple(s.strip() for s in line.split("|")) for line in lines))


def paragraphs(
    s: Story,
    tag: str = "p",
    attributes: str = "",
    between: Mapping[int, str] | None = None,
    lead: str = "",
    join: str = " ",
) -> str:
    """The story's paragraphs as elements; `between` holds what stands after the paragraph of that number, from 1."""
    opening = f"<{tag} {attributes}>" if attributes else f"<{tag}>"
    parts = []
    for n, paragraph in enumerate(s.paragraphs, 1):
        parts.append(f"{opening}{lead if n == 1 else ''}{linked(join.join(paragraph))}</{tag}>")
        parts.append((between or {}).get(n, ""))
    return "\n".join(part for part in parts if part)


def ld(*blocks: object) -> str:
    return "\n".join(
        f'<script type="application/ld+json">{json.dumps(block, ensure_ascii=False)}</script>' for block in blocks
    )


def metas(kind: str, pairs: Mapping[str, str]) -> str:
    return "\n".join(f'<meta {kind}="{name}" content="{html_module.escape(value)}">' for name, value in pairs.items())


def made(
    name: str,
    s: Story,
    html: str,
    *,
    outlet: str = "",
    published: date | None = None,
    updated: date | None = None,
    title: str | None = None,
    author: str | None = None,
    sentences: Sequence[str] | None = None,
    extra: Sequence[str] = (),
    furniture: Sequence[str] = (),
    optional: Sequence[str] = (),
    url: str = "",
    encoding: str = "utf-8",
    content_type: str = "",
) -> Page:
    return Page(
        name=name,
        data=html.encode(encoding, "xmlcharrefreplace"),
        title=s.title if title is None else title,
        outlet=outlet,
        author=s.author if author is None else author,
        published=published,
        sentences=tuple(s.sentences if sentences is None else sentences) + tuple(extra),
        updated=updated,
        furniture=tuple(furniture),
        optional=tuple(optional),
        url=url,
        content_type=content_type,
    )


def us(d: date) -> str:
    return f"{d:%B} {d.day}, {d.year}"


def uk(d: date) -> str:
    return f"{d.day} {d:%B} {d.year}"


# ---------------------------------------------------------------------------------------------------- stories

LOCK = story(
    "Canal lock at Orley reopens after two years of repairs",
    "Mirel Tansley",
    """
    The canal lock at Orley opened to boats again on Saturday, two years after a barge broke its lower gate.|About forty narrowboats were waiting when the keeper raised the first paddle at nine.
    The repair cost 2.4 million crowns, nearly twice what the [[Waterways Office]] had planned.|Divers found that the sill beneath the gate had cracked as well, and a new one had to be cast in place.
    “We could have patched it and prayed,” said Denna Holt, who led the works.|“Instead we built something that will outlast all of us.”
    Traders on the quay lost most of two summers.|The tearoom beside the lock let four of its six people go in 2020 and has hired two of them back.
    The office will now look at the gates at Pennick and Low Marsh, which are of the same age.|Its report is due before Christmas.
    """,
)
BUSES = story(
    "Night buses return to Castermouth with a flat fare",
    "Idris Pellow",
    """
    Night buses will run in Castermouth again from the first Friday of June, the city said.|They stopped in 2017, when the subsidy was cut.
    A ride will cost two crowns whatever its length, and nothing for people under sixteen.|Five lines will start from the Corn Exchange at midnight, at one and at two.
    Nurses at the infirmary had asked for the service since last autumn.|Their petition gathered 11,300 names.
    “My shift ends at half past twelve and I have walked home for five years,” said [[Oona Brack]], a ward sister.
    The operator, Tern Coaches, won the contract against two rivals.|It must replace its nine oldest vehicles by 2024.
    The council will count passengers until March and then decide whether the lines are kept.
    """,
)
BEES = story(
    "Rooftop hives survive the frost better than those in fields",
    "Halvard Quist & Petra Lune",
    """
    Bees kept on roofs in Lindow came through the winter better than those in the fields around it, a count of 640 hives has found.|In the city 81 percent of colonies were alive in April, outside it 58 percent.
    The count was made by 150 volunteers of the Lindow Keepers' Guild.|They weighed each hive in October and again after the thaw.
    Researchers at the college think that the warmth of the buildings helped.|Another reason may be the gardens, where something blooms from February on.
    The guild warns against too many hives in one street.|“Twelve on one block is a crowd,” its chair, Ines Marrow, said.
    A second count will begin next autumn, this time with thermometers in every tenth hive.
    """,
)
QUARRY = story(
    "Court stops work at Hallam quarry over a spring",
    "Benedikt Roux",
    """
    A court in Saint-Orme has stopped all digging at the Hallam quarry until a spring below it has been tested.|The order took effect at midnight on Tuesday.
    Farmers downhill say that their wells turned cloudy in March.|The company, Hallam Stone, blames the rain.
    Judge Adela Wynn wrote that the company had shown no measurements from before it began to dig.|“What was not measured cannot be ruled out,” the order reads.
    About ninety people work at the quarry.|They will be paid for the first three weeks of the stop, a spokesman said.
    The tests are to be made by the regional water laboratory.|If they find stone dust, the quarry may lose its licence, which runs until 2031.
    """,
)
LIBRARY = story(
    "The library that lends saws, tents and a cello",
    "Suri Okonjo-Vale",
    """
    On the third floor of the library in Brevik there are no books.|There are 412 tools, 37 tents, nine sewing machines and one cello, and all of them can be borrowed.
    The collection began in 2018 with a drill that a reader left on the desk.|Somebody asked whether it could be taken home.
    Now about 200 things go out in a week.|The pressure washer is booked until August.
    Losses are few.|In four years eleven items were never brought back, and one of them, a fondue set, returned last month with a note of apology.
    “People look after what belongs to everyone,” the head librarian, Tomas Aldane, said.|“They are harder on their own things.”
    Three towns in the district want to copy the idea.|Brevik has offered them its list of what breaks.
    """,
)
TRAM = story(
    "Tram drivers in Vellin accept pay offer and end strike",
    "Rosalind Achterberg",
    """
    Tram drivers in Vellin voted on Thursday to accept a pay offer, ending a strike of nineteen days.|The union said that 64 percent were in favor.
    The offer raises wages by 7 percent this year and by 3 percent next year.|Split shifts, the main complaint of the younger drivers, will be limited to two in a week.
    The first trams left the Harbor depot at 4:40 a.m. on Friday.|Lines 3 and 9 stayed closed because their overhead wire was damaged in the wind.
    Shops along Mercer Street said that they had lost a fifth of their trade.|The chamber of commerce has asked the city for a fund.
    Mayor Colm Estrada thanked both sides and said the cost, about $6.2 million a year, would not be paid by higher fares.|He did not say what would be cut instead.
    """,
)
GLACIER = story(
    "Survey finds the Skarn glacier lost a tenth of its ice in six years",
    "Noor Hadleigh",
    """
    The Skarn glacier has lost a tenth of its ice since 2016, according to a survey by the mountain institute at Eide.|It is the fastest loss since measurements began in 1931.
    The surveyors flew over the glacier with a laser in August and compared the surface with older maps.|At the tongue the ice was thirty-one meters thinner.
    Three huts on the eastern side can no longer be reached from the ice.|The alpine club has put up ladders at two of them and closed the third.
    The river below carried more water than ever in July.|Engineers at the Lom dam opened a gate that had been shut for eleven years.
    “We used to come back every ten years,” said the institute's director, Jorun Vale.|“Now we would like to come back every spring.”
    """,
)
BREAD = story(
    "Bakers in three provinces ask for a fixed price of flour",
    "Cecily Farnham",
    """
    Bakers in three provinces have asked the government to fix the price of flour until the harvest.|A sack that cost 19 marks in January is sold for 33.
    Forty bakeries closed in the spring, the guild says, most of them in villages where there is no other.|In Dunmarrow people drive 26 kilometres for a loaf.
    The minister for trade, Osric Lane, said that he would not fix prices but might lower the tax on flour.|A decision is expected in the second week of May.
    Millers say that they pay more for electricity than for grain.|One of them, the Three Rivers Mill, now grinds only at night.
    """,
)
ORCHARD = story(
    "Seed bank saves a pear that was thought lost",
    "Winifred Aske",
    """
    A pear last seen in 1954 has been found in a garden in Upper Thorne, and cuttings of it are now in the national seed bank.|The tree, a Thorne Bishop, is about 130 years old and leans on a shed.
    Its owner, Abel Kinch, 88, did not know that it was rare.|“We fed them to the pigs,” he said.
    A schoolteacher on a walk noticed the long stalks and sent a photograph to the bank.|A test of the leaves matched a sample that was dried in 1921.
    The bank has grafted sixty young trees.|They will bear fruit in five or six years if the rabbits let them.
    """,
)
BRIDGE = story(
    "Footbridge over the Tarn closed as cables are found rusted",
    "Lowell Pryde",
    """
    The footbridge over the Tarn at Milbrook has been closed at once and without a date for its reopening.|Inspectors found rust in four of the sixteen cables.
    The bridge was built in 2009 and carries 5,000 people a day, many of them pupils of the Milbrook school.|They now have to walk by way of the road bridge, half an hour longer.
    The county said that a shuttle would run from Monday.|It will seat twenty-two and leave every ten minutes.
    The firm that built the bridge was dissolved in 2015.|The county is looking for the papers about the steel.
    A first estimate puts the repair at 900,000 crowns.|Replacing the bridge would cost five times as much.
    """,
)
RADIO = story(
    "The last shortwave station in the north goes silent",
    "Emeric Dane",
    """
    The shortwave transmitter on Gannet Head was switched off at noon on Sunday after 71 years.|The last thing it sent was the shipping forecast.
    At its best the station was heard by fishermen 3,000 kilometres away.|In its last year it received nine letters.
    The broadcaster says that keeping the masts upright cost more than all its other transmitters together.|Two of the five will stay as a landmark for ships.
    The engineer on duty, Liv Sorrel, pressed the button herself.|“It hummed for a second longer than I expected,” she said.
    """,
)
CLINIC = story(
    "Village clinic finds a doctor after 400 days",
    "Pia Strand",
    """
    The clinic at Low Fennick has a doctor again, 400 days after the last one retired.|Dr. Amara Lisle, 34, will see her first patients on the ninth of the month.
    The parish had placed notices in eleven countries and offered a house with an orchard.|In the end the new doctor read about it in a train.
    During the gap the 2,100 people of the parish were sent to Carrow, an hour away by bus.|Twice a month a nurse came by boat.
    The health office will pay a third of the salary for three years.|After that the parish has to find the money, and it does not know where.
    “I asked for a rowing boat as well,” the doctor said, “and they laughed, and then they built one.”
    """,
)
CHESS = story(
    "Schoolgirl of eleven wins the open chess title of the isles",
    "Gregor Maine",
    """
    Eleven-year-old Talia Wren won the open chess championship of the isles on Sunday, the youngest to do so by four years.|She drew her last game in 71 moves.
    Her opponent, the grandmaster Piers Halloran, had won the title six times.|“She saw it before I did,” he said, and asked her to sign his score sheet.
    Wren learned the game from her grandmother during a winter without school.|She trains two hours a day and collects beetles.
    The prize is a silver rook and 800 crowns.|The rook will stand in the school's hall, because there is no room for it at home.
    """,
)
PORT = story(
    "Port of Aldmere to plug ships into shore power",
    "Katrin Vos",
    """
    Ships at the port of Aldmere will be able to switch off their engines while they lie at the quay.|The harbor board approved 18 million crowns for nine shore connections on Wednesday.
    Soot from ships is the largest source of bad air in the Lower Town, a study found in 2019.|The nearest school measures it on its roof.
    The first connection is to be ready in the spring of next year, the last in 2026.|Cruise ships come first, as they need the most power.
    Owners will pay the price of electricity and a tenth more.|A ship that keeps its engines running will pay a higher fee from 2027.
    The power will come from the wind park at Skerry Bank.|On calm days the port will have to buy it elsewhere.
    """,
)
FLOOD = story(
    "Rivers fall in the Marl valley as clean-up begins",
    "Dorothea Finn",
    """
    The rivers of the Marl valley fell by half a metre overnight, and people in four villages went home to clean up.|About 1,900 had left on Sunday.
    In Nether Marl the water reached the second stair of the church.|The organ was saved by six men and a hay wagon.
    Two bridges are gone and the railway is closed between Pell and Staunton.|Trains will not run before the end of the month, the railway said.
    The province has set aside four million marks for those without insurance.|Forms can be had at the town halls.
    A new dyke, planned since 2011, was to have been finished this year.|Its builders are still waiting for a permit.
    """,
)
VOTE = story(
    "Sennet votes to keep its lake closed to motor boats",
    "Aurelio Banks",
    """
    The people of Sennet voted on Sunday to keep motor boats off their lake for another ten years.|The ban was upheld by 3,482 votes to 2,907.
    Turnout was 71 percent, the highest in any vote since the one on the railway in 1988.|Polling places stayed open an hour longer because of the queues.
    Hotel owners had campaigned for a limit of twelve boats.|They said that guests were going to the lakes in the south.
    The anglers' club led the other side.|Its members counted 43 kinds of birds on the eastern shore in May, nine more than ten years ago.
    The council must now renew its by-law before the end of the year.|Rowing and sailing stay free.
    """,
)
THEATRE = story(
    "Theatre roof bought back, one tile at a time",
    "Hester Lamb and Owen Tarrant",
    """
    The Globe in Marsh Street will get a new roof, paid for by 4,116 people who each bought a tile.|The last was sold on Friday to a woman in her hundredth year.
    Rain had come through above the third row since 2012.|In the end ushers handed out umbrellas with the programmes.
    The tiles are of slate from Corrie and carry the buyers' names on the underside.|“Nobody will read them for a century,” the manager, Kit Soames, said, “and then somebody will.”
    The work begins after the Christmas play.|Until then the third row is sold at half price.
    """,
)
SALMON = story(
    "Salmon return to the Aske after a weir is taken down",
    "Ragna Thorsby",
    """
    Salmon have been seen in the upper Aske for the first time in 140 years.|A camera at Crossbeck counted 212 of them between September and November.
    The weir at Tull Mill was taken down in 2020.|It had powered a saw until 1961 and nothing since.
    The anglers' trust paid half and the province the rest.|Together they spent 1.1 million crowns.
    Scientists had expected the fish in ten years, not in two.|They think that strays from the Lune found the way.
    Fishing remains forbidden until 2030.|Wardens caught two poachers in October, one of them a former warden.
    """,
)
MUSEUM = story(
    "Museum returns carved door to the island it came from",
    "Felix Arden",
    """
    The city museum of Harrowgate will return a carved door to the island of Tuvek, where it was taken in 1887.|A ship will carry it home in June.
    The door belonged to a meeting house that a naval crew burned.|The captain's diary, found in 2014, says so plainly.
    The island first asked for it in 1952.|Three directors refused and one did not answer.
    “We kept it dry, that is all one can say for us,” the present director, Maud Ellery, said.
    On Tuvek a new house has been built around an empty frame.|Children there know the pattern from drawings.
    """,
)
SCHOOL = story(
    "Pupils in Carrick to start lessons an hour later",
    "Jonah Whitby",
    """
    Lessons in the eleven secondary schools of Carrick will start at nine instead of eight from September.|The school board voted for the change by seven to two.
    A trial in two schools had shown that pupils slept 34 minutes longer.|Late arrivals fell by half.
    Bus companies objected, since the same vehicles carry office workers.|The board will pay for eight more.
    Parents of younger children are divided.|Some will have to pay for an hour of care in the morning.
    The board will look at marks and sick days after a year.|It has promised to go back if there is no gain.
    """,
)
COFFEE = story(
    "Why the price of your coffee will not come down",
    "Leda Marsh, Ivo Kessel, Bram Oduya",
    """
    Everyone in the trade knows that a cup costs too little.|Nobody wants to be the first to say it across a counter.
    A farmer in the Ombe hills gets four cents of every cup sold in our city.|Out of these four she pays pickers, fertiliser and the bank.
    When the frost came in July the price of beans rose by half in a week.|It has not fallen since, and there is no reason why it should.
    We could pay ten cents more and hardly notice.|She could mend her roof.
    What stands between the two is a chain of nine companies, each of which takes a little and promises a lot.
    """,
)
SUBSTATION = story(
    "Fire at substation leaves 14,000 homes without power",
    "Marta Quillen",
    """
    A fire at the Gorse Lane substation left 14,000 homes in the west of Eddering without power on Monday evening.|Nobody was hurt.
    The fire broke out at 6:12 p.m. in a transformer that was due to be replaced in the autumn.|It was put out shortly after eight.
    Power was back in most streets by midnight.|About 600 homes in Pike Hill had to wait until the morning.
    Trains stood still for two hours because the signals had failed.|Passengers on the 5:55 to Lorne were led along the track by torchlight.
    The grid company, Norrlight, has opened an inquiry.|Customers who were cut off for more than six hours can claim 40 crowns.
    """,
)
MERGER = story(
    "Ferrant Robotics and Oake Systems agree to merge",
    "",
    """
    Ferrant Robotics and Oake Systems, two makers of warehouse machines, today announced that they have agreed to merge.|The new company will be called Ferrant Oake and have its seat in Tolland.
    Shareholders of Oake will receive 0.72 shares of Ferrant for each share they hold.|Both boards have approved the agreement without dissent.
    The companies expect savings of $41 million a year from the third year on.|No plant will be closed, they said.
    “Our machines have stood side by side for a decade,” said Ulla Brandt, chief executive of Ferrant.|“It is time that they spoke the same language.”
    The merger needs the consent of regulators in four countries and is expected to close in the second half of the year.
    """,
)
# Other languages

SEL = story(
    "Karaçay vadisinde sel suları çekiliyor",
    "Gülşen Akıncı",
    """
    Karaçay vadisinde üç gündür süren yağışın ardından sel suları dün akşam çekilmeye başladı.|Valilik, iki köyde elektriğin yeniden verildiğini açıkladı.
    Taşkında bir köprü yıkıldı, on dört ev oturulamaz hale geldi.|Can kaybı yaşanmadı.
    Çiftçiler, fındık bahçelerinin üçte birinin çamur altında kaldığını söylüyor.|Tarım müdürlüğü zarar tespitine pazartesi günü başlayacak.
    “Suyun bu kadar yükseldiğini dedem bile görmemiş,” dedi muhtar Şükrü Yağcı.
    Yeni köprünün ihalesi ağustosta yapılacak.|O zamana kadar köye ulaşım orman yolundan sağlanacak.
    """,
)
PAZAR = story(
    "Eski pazar yeri müzeye dönüşüyor",
    "Ömer Çağlar",
    """
    Yalıköy'ün yüz yıllık pazar yeri önümüzdeki bahar müze olarak açılacak.|Belediye meclisi projeyi oy birliğiyle kabul etti.
    Binanın çatısı yenilenecek, taş tezgâhlar yerinde korunacak.|Çalışmalar için on iki milyon lira ayrıldı.
    Esnaf iki sokak ötedeki yeni çarşıya taşındı.|Bazıları müşterilerinin yarısını kaybettiğini söylüyor.
    Müzede şehrin balıkçılık tarihine ayrılmış üç salon bulunacak.
    """,
)
MOULIN = story(
    "À Saint-Évrard, le dernier moulin à papier rouvre ses portes",
    "Éloïse Garrigue",
    """
    Fermé depuis 1998, le moulin à papier de Saint-Évrard a repris la production lundi matin.|Une douzaine d'ouvriers y fabriquent des feuilles de coton, une par une.
    La commune avait racheté les bâtiments pour un euro symbolique.|La roue, démontée pendant la guerre, a été reconstruite par des élèves du lycée technique.
    « Nous vendons déjà à trois relieurs et à un musée », se félicite la directrice, Odile Fontanel.
    Le projet a coûté 870 000 euros, dont la moitié versée par la région.|L'équilibre est attendu dans quatre ans.
    Les habitants peuvent visiter l'atelier le samedi.|Les enfants repartent avec une feuille à leur nom.
    """,
)
GREVE = story(
    "Les éboueurs de Rochemaure suspendent leur grève",
    "Anaïs Delcourt et Bastien Roche",
    """
    Après onze jours de conflit, les éboueurs de Rochemaure ont voté mercredi la suspension de leur grève.|Le ramassage reprendra jeudi dès cinq heures.
    La mairie s'engage à remplacer six camions et à créer neuf postes.|Les primes de nuit augmenteront de 12 %.
    Près de 2 000 tonnes de déchets se sont accumulées dans le centre.|Il faudra une semaine pour tout enlever, selon le directeur du service.
    Le syndicat prévient qu'il reprendra le mouvement en janvier si les camions ne sont pas commandés.
    """,
)
FAEHRE = story(
    "Fähre nach Möwenort fährt wieder im Stundentakt",
    "Jörg Süßmann",
    """
    Die Fähre zwischen Hafenbüll und Möwenort verkehrt seit Montag wieder jede Stunde.|Im Winter hatte sie nur viermal am Tag abgelegt.
    Grund für die Einschränkung war ein Schaden am Getriebe.|Das Ersatzteil musste aus drei Ländern zusammengesucht werden, sagte Kapitänin Wiebke Lührs.
    Die Fahrt kostet künftig 3,80 Euro, zwanzig Cent mehr als bisher.|Für Schüler bleibt sie kostenlos.
    Auf der Insel leben 640 Menschen.|Viele von ihnen arbeiten auf dem Festland und übernachteten zuletzt bei Verwandten.
    Eine zweite Fähre ist bestellt, soll aber erst in drei Jahren geliefert werden.
    """,
)
TURM = story(
    "Stadtrat von Grünhain rettet den Wasserturm",
    "Annegret Pöhl",
    """
    Der Wasserturm von Grünhain wird nicht abgerissen.|Das beschloss der Stadtrat am Dienstagabend mit einer Stimme Mehrheit.
    Ein Verein will in dem Bau von 1907 Wohnungen und eine Kletterhalle einrichten.|Er hat dafür 1,3 Millionen Euro gesammelt.
    Die Gegner halten das Fundament für unsicher.|Ein Gutachten dazu wird im Herbst erwartet.
    „Wer hier aufwuchs, der hat sich an diesem Turm orientiert“, sagte Bürgermeisterin Käthe Brüning.
    """,
)
MOST = story(
    "В Северогорске открыли новый мост через Ильву",
    "Вера Лапшина",
    """
    В Северогорске во вторник открыли новый мост через реку Ильву.|Старый мост закрыли два года назад после ледохода.
    Строительство обошлось в 640 миллионов крон.|Движение пустили по двум полосам, третью откроют в сентябре.
    Первым по мосту проехал автобус с учениками сельской школы.|Раньше дорога до города занимала у них полтора часа.
    «Мы ждали этого дня, как праздника», — сказала директор школы Нина Рябова.
    Старый мост разберут на металл до конца года.
    """,
)
ZAVOD = story(
    "Стекольный завод в Лугове перейдёт на солнечную энергию",
    "Артём Белозёров",
    """
    Стекольный завод в Лугове получит собственную солнечную станцию.|Её построят на месте бывшего песчаного карьера.
    Станция покроет треть потребностей завода в электричестве.|Окупится она, по расчётам компании, за девять лет.
    Работать на ней будут двенадцать человек.|Обучение начнётся в местном колледже уже осенью.
    Жители соседних улиц попросили посадить вокруг станции живую изгородь, и завод согласился.
    """,
)
SAKURA = story(
    "白波町の灯台、百年ぶりに一般公開へ",
    "高瀬 みのり",
    """
    白波町の岬に立つ灯台が、来月から一般に公開されることになりました。|公開はおよそ百年ぶりです。
    灯台は高さ二十八メートルで、らせん階段を上ると湾の全体を見渡すことができます。|町は安全のため、手すりと照明を新しくしました。
    見学は一日六十人までで、予約が必要です。|小学生以下は無料となります。
    灯台守の孫だという男性は「祖父の部屋をもう一度見られるのがうれしい」と話していました。
    """,
)
RINGO = story(
    "霜害のりんご農家、町が苗木を補助",
    "",
    """
    四月の霜で大きな被害を受けた北沢町のりんご農家に、町が苗木の費用の半分を補助することを決めました。|対象はおよそ百二十戸です。
    町によりますと、被害は畑の四割に及びました。|収穫は去年の半分ほどになる見通しです。
    農家の一人は「木は植えれば育つが、待つ間の暮らしが心配だ」と話しています。
    町は霜を防ぐ扇風機の設置も進める方針です。
    """,
)
MINA = story(
    "افتتاح مكتبة عائمة في ميناء الرمال",
    "سلمى الحداد",
    """
    افتتحت بلدية ميناء الرمال يوم الاثنين مكتبة عائمة على متن عبارة قديمة.|وتضم المكتبة ستة آلاف كتاب وقاعة للأطفال.
    وكانت العبارة قد توقفت عن العمل قبل خمس سنوات.|وبلغت تكلفة التجديد مليوني درهم.
    وقالت أمينة المكتبة هند البحري إن القراء سيتمكنون من استعارة الكتب في ثلاث قرى ساحلية.
    وتبحر المكتبة يومين في الأسبوع إذا سمح الطقس.|أما بقية الأيام فتبقى راسية قرب السوق.
    """,
)
GYUGH = story(
    "Լեռնաձորում վերաբացվել է հին դպրոցը",
    "Անի Մելքումյան",
    """
    Լեռնաձոր գյուղում երեկ վերաբացվել է հին դպրոցը, որը փակ էր տասնմեկ տարի։|Առաջին օրը դասի եկավ քսաներեք աշակերտ։
    Շենքի տանիքը նորոգել են գյուղի բնակիչները։|Ծախսերի կեսը հոգացել է մարզպետարանը։
    «Մենք զանգի ձայնը կարոտել էինք», — ասաց տնօրեն Սուրեն Ղազարյանը։
    Գարնանը դպրոցում կբացվի նաև գրադարան։
    """,
)
PUENTE = story(
    "Valdehierro recupera el tren de los domingos",
    "Lucía Peñalver",
    """
    El tren de los domingos volverá a Valdehierro el próximo otoño, doce años después de su último viaje.|El convenio se firmó el viernes en la estación.
    La línea tiene 41 kilómetros y cruza nueve túneles.|Un grupo de jubilados del ferrocarril ha reparado dos vagones de madera.
    El billete costará seis euros y los niños viajarán gratis.|La diputación cubrirá las pérdidas durante tres años.
    «Mi padre fue el último jefe de estación», contó emocionada Remedios Ibáñez.
    """,
)

# ---------------------------------------------------------------------------------------------------- layouts


def wordpress_blocks(s: Story, d: date, updated: date | None, *, yoast: bool) -> Page:
    outlet = "The Orley Lantern"
    stamp = f"{d.isoformat()}T08:15:22+00:00"
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "@id": "https://orleylantern.example/?p=811#article",
                "isPartOf": {"@id": "https://orleylantern.example/?p=811"},
                "author": {"name": s.author, "@id": "https://orleylantern.example/#/schema/person/91"},
                "headline": s.title,
                "datePublished": stamp,
                "dateModified": f"{updated.isoformat()}T10:00:00+00:00" if updated else stamp,
                "publisher": {"@id": "https://orleylantern.example/#organization"},
                "articleSection": ["Town"],
            },
            {
                "@type": "WebPage",
                "@id": "https://orleylantern.example/?p=811",
                "name": f"{s.title} - {outlet}",
                "datePublished": stamp,
            },
            {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Home"}]},
            {
                "@type": "WebSite",
                "@id": "https://orleylantern.example/#website",
                "name": outlet,
                "description": "News from the canal",
            },
            {"@type": "Organization", "@id": "https://orleylantern.example/#organization", "name": outlet},
            {"@type": "Person", "@id": "https://orleylantern.example/#/schema/person/91", "name": s.author},
        ],
    }
    head = (
        ld(graph)
        + metas(
            "property", {"og:title": f"{s.title} - {outlet}", "og:site_name": outlet, "article:published_time": stamp}
        )
        if yoast
        else ""
    )
    html = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="UTF-8"><title>{s.title} - {outlet}</title>{head}</head>
<body class="post-template-default single single-post postid-811"><a class="skip-link screen-reader-text" href="#wp--skip-link--target">Skip to content</a>
<div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group"><p class="wp-block-site-title"><a href="/" rel="home">{outlet}</a></p>
<nav class="wp-block-navigation"><ul><li><a href="/town">Town</a></li><li><a href="/sport">Sport</a></li><li><a href="/about">About us</a></li></ul></nav></div></header>
<main class="wp-block-group" id="wp--skip-link--target"><h1 class="wp-block-post-title">{s.title}</h1>
<div class="wp-block-group is-layout-flex"><div class="wp-block-post-date"><time datetime="{stamp}"><a href="/811">{us(d)}</a></time></div><div class="wp-block-post-author-name"><a href="/author/x">{s.author}</a></div>
<div class="taxonomy-category wp-block-post-terms"><a href="/category/town" rel="tag">Town</a></div></div>
<figure class="wp-block-post-featured-image"><img src="a.jpg" alt="Boats queueing"></figure>
<div class="entry-content wp-block-post-content is-layout-constrained">
{paragraphs(s, between={2: '<figure class="wp-block-image size-large"><img src="b.jpg"><figcaption class="wp-element-caption">Crowds on the towpath. Photo: Lantern archive</figcaption></figure>', 3: '<blockquote class="wp-block-pullquote"><p>Built to outlast us all</p></blockquote>'})}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a>Click to share on Mastodon (Opens in new window)</a></li><li><a>Click to email a link to a friend</a></li></ul></div>
<div class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3><p>Dredging to begin at Pennick</p></div></div>
<div class="wp-block-comments"><h2 class="wp-block-comments-title">Two responses to “{s.title}”</h2><ol class="wp-block-comment-template"><li><div class="wp-block-comment-author-name">rushmere</div><div class="wp-block-comment-date"><time datetime="2024-02-02">February 2, 2024</time></div><div class="wp-block-comment-content"><p>About time, my boat has been growing moss.</p></div></li></ol>
<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><p class="comment-notes">Your email address will not be published. Required fields are marked *</p></form></div></div>
</main><footer class="wp-block-template-part"><p>Proudly powered by WordPress</p></footer></div></body></html>"""
    return made(
        "wordpress blocks", s, html, outlet=outlet, published=d, updated=(updated or d) if yoast else None,
        url="https://orleylantern.example/?p=811",
        furniture=["growing moss", "Share this", "Click to share", "Dredging to begin", "Lantern archive", "Leave a Reply", "Proudly powered", "Skip to content", "Built to outlast us all"],
    )  # fmt: skip


def wordpress_classic(s: Story, d: date, updated: date | None) -> Page:
    changed = (
        f'<time class="updated" datetime="{updated.isoformat()}T09:00:00+01:00">{us(updated)}</time>' if updated else ""
    )
    html = f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"/><title>{s.title} | Castermouth Weekly</title>
<meta name="generator" content="WordPress 4.9.8"/><link rel="canonical" href="https://castermouthweekly.example/news/{d:%Y/%m}/story/"/></head>
<body class="post-template single"><div id="page" class="site"><header id="masthead" class="site-header"><p class="site-title"><a href="/" rel="home">Castermouth Weekly</a></p><p class="site-description">Every Thursday since 1902</p></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-3021" class="post-3021 post type-post status-publish format-standard hentry category-transport"><header class="entry-header"><h1 class="entry-title">{s.title}</h1>
<div class="entry-meta"><span class="posted-on">Posted on <a href="/x" rel="bookmark"><time class="entry-date published" datetime="{d.isoformat()}T09:00:00+01:00">{us(d)}</time>{changed}</a></span><span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/ip/">{s.author}</a></span></span></div></header>
<div class="entry-content">
{paragraphs(s, between={3: '<p>[mc4wp_form] Get the Weekly in your inbox: <a href="/signup">sign up here</a></p>'})}
<div class="addtoany_share_save_container"><div class="a2a_kit"><a>Facebook</a><a>WhatsApp</a><a>Share</a></div></div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a rel="category tag">Transport</a></span><span class="tags-links">Tagged <a rel="tag">council</a></span></footer></article>
<nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2><div class="nav-links"><div class="nav-previous"><a rel="prev">Previous Post: Pier to be painted green</a></div></div></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">One thought on this</h2><ol class="comment-list"><li class="comment"><article class="comment-body"><div class="comment-author vcard"><b class="fn">Len D.</b> <span class="says">says:</span></div><div class="comment-content"><p>My dog could drive better than the lot on the 14.</p></div></article></li></ol></div>
</main></div><aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">Recent Posts</h2><ul><li><a>Pier to be painted green</a> <span class="post-date">January 3, 2024</span></li><li><a>Mayor opens jam fair</a></li></ul></section></aside></div>
<footer id="colophon"><div class="site-info">© 2024 Castermouth Weekly. Theme: Newsy by Themegoods.</div></footer></div></body></html>"""
    return made(
        "wordpress classic", s, html, outlet="Castermouth Weekly", published=d, updated=updated,
        url=f"https://castermouthweekly.example/news/{d:%Y/%m}/story/",
        furniture=["My dog could", "Get the Weekly", "Recent Posts", "jam fair", "Posted in", "Tagged", "WhatsApp", "Theme:"],
    )  # fmt: skip


def drupal_seven(s: Story, d: date) -> Page:
    outlet = "Lindow Courier"
    html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML+RDFa 1.0//EN" "http://www.w3.org/MarkUp/DTD/xhtml-rdfa-1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" version="XHTML+RDFa 1.0" dir="ltr"><head profile="http://www.w3.org/1999/xhtml/vocab"><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="Generator" content="Drupal 7 (http://drupal.org)" /><title>{s.title} | {outlet}</title></head>
<body class="html not-front not-logged-in one-sidebar page-node page-node-5512 node-type-article"><div id="page-wrapper"><div id="page"><div id="header"><div id="name-and-slogan"><div id="site-name"><strong><a href="/" rel="home"><span>{outlet}</span></a></strong></div></div></div>
<div id="main"><div id="content" class="column"><h1 class="title" id="page-title">{s.title}</h1><div class="tabs"></div><div class="region region-content">
<div id="node-5512" class="node node-article node-promoted clearfix" about="/content/x" typeof="sioc:Item foaf:Document"><span property="dc:title" content="{html_module.escape(s.title)}" class="rdf-meta element-hidden"></span>
<div class="meta submitted"><span property="dc:date dc:created" content="{d.isoformat()}T14:22:10+02:00" datatype="xsd:dateTime" rel="sioc:has_creator">Submitted by <span class="username" xml:lang="" about="/users/x" typeof="sioc:UserAccount" property="foaf:name" datatype="">{s.author}</span> on {d:%a}, {d:%m/%d/%Y} - 14:22</span></div>
<div class="content clearfix"><div class="field field-name-field-image field-type-image"><img typeof="foaf:Image" src="x.jpg" alt="" /></div><div class="field field-name-field-tags"><h3 class="field-label">Tags: </h3><ul class="links"><li><a href="/tags/nature">Nature</a></li></ul></div>
<div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">
{paragraphs(s)}</div></div></div></div>
<div class="link-wrapper"><ul class="links inline"><li class="comment_forbidden first last"><span><a href="/user/login">Log in</a> or <a href="/user/register">register</a> to post comments</span></li></ul></div></div></div></div>
<div id="sidebar-first" class="column sidebar"><div class="block block-poll"><h2>Poll</h2><div class="content">Do you keep a garden? <label>Yes</label><label>Not yet</label></div></div></div></div>
<div id="footer"><p>{outlet} is a member of the Regional Press Union.</p></div></div></div></body></html>"""
    return made(
        "drupal 7",
        s,
        html,
        outlet=outlet,
        published=d,
        furniture=["register", "Submitted by", "Do you keep", "Tags:", "Regional Press Union"],
    )


def drupal_ten(s: Story, d: date) -> Page:
    outlet = "Radio Saint-Orme"
    html = f"""<!DOCTYPE html><html lang="en" dir="ltr" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8" />
{metas("name", {"dcterms.title": s.title, "dcterms.creator": s.author, "dcterms.publisher": outlet, "dcterms.date": f"{d.isoformat()}T07:30+0200", "dcterms.language": "en"})}
<title>{s.title} | {outlet}</title></head><body class="path-node page-node-type-story"><div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas>
<header role="banner"><nav role="navigation" aria-labelledby="block-main-menu"><h2 class="visually-hidden" id="block-main-menu">Main navigation</h2><ul class="menu"><li><a href="/live">Live</a></li><li><a href="/schedule">Schedule</a></li></ul></nav></header>
<main role="main"><div class="region region-highlighted"><div data-drupal-messages-fallback class="hidden"></div></div><div class="layout-content"><div id="block-pagetitle" class="block block-core"><h1 class="page-title"><span class="field field--name-title field--type-string field--label-hidden">{s.title}</span></h1></div>
<article class="node node--type-story node--view-mode-full"><footer class="node__meta"><div class="node__submitted">By <span class="field field--name-uid field--type-entity-reference"><span class="username">{s.author}</span></span>, <span class="field field--name-created">{d.day} {d:%B} {d.year}</span></div></footer>
<div class="node__content"><div class="field field--name-field-lead field__item"><p>{linked(" ".join(s.paragraphs[0]))}</p></div>
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">
{paragraphs(Story(s.title, s.author, s.paragraphs[1:]), between={1: '<div class="media media--type-audio"><p class="media__label">Listen: our reporter at the spring (2:41)</p></div>', 2: "<h2>What comes next</h2>"})}</div>
<section class="field field--name-field-related"><h2 class="field__label">Read more</h2><div class="field__item"><a href="/a">Dust complaints double in the south</a></div><div class="field__item"><a href="/b">Wells to be mapped</a></div></section></div></article></div></main>
<footer role="contentinfo"><p>Editor of the day: newsroom@saintorme.example</p></footer></div></body></html>"""
    return made(
        "drupal 10",
        s,
        html,
        outlet=outlet,
        published=d,
        optional=["What comes next"],
        furniture=["Dust complaints", "Wells to be mapped", "Read more", "Listen:", "Editor of the day"],
    )


def ghost(s: Story, d: date, updated: date) -> Page:
    outlet = "Brevik Notes"
    article = {
        "@context": "https://schema.org",
        "@type": "Article",
        "publisher": {
            "@type": "Organization",
            "name": outlet,
            "url": "https://breviknotes.example/",
            "logo": {"@type": "ImageObject", "url": "https://breviknotes.example/i.png"},
        },
        "author": {"@type": "Person", "name": s.author, "url": "https://breviknotes.example/author/s/", "sameAs": []},
        "headline": s.title,
        "url": "https://breviknotes.example/library/",
        "datePublished": f"{d.isoformat()}T06:00:00.000Z",
        "dateModified": f"{updated.isoformat()}T06:14:03.000Z",
        "keywords": "Places",
        "mainEntityOfPage": "https://breviknotes.example/library/",
    }
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title}</title><link rel="canonical" href="https://breviknotes.example/library/">
{metas("property", {"og:site_name": outlet, "og:type": "article", "og:title": s.title, "article:published_time": f"{d.isoformat()}T06:00:00.000Z", "article:modified_time": f"{updated.isoformat()}T06:14:03.000Z"})}
{metas("name", {"twitter:label1": "Written by", "twitter:data1": s.author, "twitter:label2": "Filed under", "twitter:data2": "Places", "generator": "Ghost 5.75"})}{ld(article)}</head>
<body class="post-template tag-places is-head-left-logo"><div class="viewport"><header id="gh-head" class="gh-head outer"><a class="gh-head-logo" href="/">{outlet}</a><button class="gh-search" data-ghost-search>Search</button><a class="gh-head-button" href="#/portal/signup">Subscribe</a></header>
<main id="site-main" class="site-main"><article class="gh-article post tag-places"><header class="gh-article-header gh-canvas"><div class="gh-article-tag"><a href="/tag/places/">Places</a></div><h1 class="gh-article-title is-title">{s.title}</h1><p class="gh-article-excerpt is-body">A visit to a floor without books.</p>
<div class="gh-article-meta"><h4 class="gh-article-author-name"><a href="/author/s/">{s.author}</a></h4><div class="gh-article-meta-content"><time class="gh-article-meta-date" datetime="{d.isoformat()}">{d:%d %b %Y}</time><span class="gh-article-meta-length"><span class="bull">—</span> 4 min read</span></div></div></header>
<section class="gh-content gh-canvas is-body">
{paragraphs(s, between={1: '<figure class="kg-card kg-image-card kg-card-hascaption"><img src="c.jpg" class="kg-image"><figcaption><span style="white-space: pre-wrap;">Every drill has a name tag.</span></figcaption></figure>', 3: '<div class="kg-card kg-signup-card"><div class="kg-signup-card-text"><h2>Sign up for Brevik Notes</h2><p>One letter from the fjord, every second Sunday.</p><p class="kg-signup-card-disclaimer">No spam. Unsubscribe anytime.</p></div></div>', 4: '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="/saw"><div class="kg-bookmark-content"><div class="kg-bookmark-title">How to sharpen a saw</div><div class="kg-bookmark-description">Our guide for beginners.</div></div></a></figure>'})}</section></article>
<section class="gh-comments gh-canvas"><p>Join the discussion: become a member of Brevik Notes to start commenting.</p></section><section class="footer-cta outer"><h2 class="footer-cta-title">Read more from this writer</h2></section>
<aside class="read-more-wrap outer"><article class="post-card post"><h2 class="post-card-title">A ferry that carries only bicycles</h2><div class="post-card-excerpt">It has room for nine of them and one very small dog.</div></article></aside></main></div></body></html>"""
    return made(
        "ghost", s, html, outlet=outlet, published=d, updated=updated, url="https://breviknotes.example/library/",
        optional=["A visit to a floor without books."],
        furniture=["min read", "every second Sunday", "Unsubscribe", "How to sharpen", "Join the discussion", "very small dog", "Every drill"],
    )  # fmt: skip


def newsletter_platform(s: Story, d: date) -> Page:
    outlet = "The Slow Tide"
    article = {"@context": "https://schema.org", "@type": "NewsArticle", "url": "https://slowtide.example/p/x", "headline": s.title, "description": "Notes from the coast", "datePublished": f"{d.isoformat()}T11:03:19+00:00", "dateModified": f"{d.isoformat()}T11:03:19+00:00", "isAccessibleForFree": True, "author": [{"@type": "Person", "name": s.author, "url": "https://letters.example/@x"}], "publisher": {"@type": "Organization", "name": outlet}}  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title data-rh="true">{s.title} - by {s.author}</title><meta data-rh="true" property="og:title" content="{s.title}"/><meta data-rh="true" name="author" content="{s.author}"/>{ld(article)}</head>
<body><div id="entry"><div id="main" class="main typography use-theme-bg"><div class="main-menu"><div class="topbar"><a href="/" class="navbar-title-link">{outlet}</a><button>Subscribe</button><button>Sign in</button></div></div>
<div class="single-post-container"><div class="container"><div class="single-post"><div class="pencraft pc-display-contents"><article class="typography newsletter-post post"><div role="region" aria-label="Post header" class="post-header"><h1 dir="auto" class="post-title published title-X77sOw">{s.title}</h1><h3 dir="auto" class="subtitle">Notes from the coast, letter 31</h3>
<div class="byline-wrapper"><div class="pencraft meta-EgzBVA"><a href="https://letters.example/@x">{s.author}</a></div><div class="pencraft meta-EgzBVA">{d:%b} {d.day:02d}, {d.year}</div></div><div class="post-ufi"><a>31</a><a>4</a><button>Share</button></div></div>
<div dir="auto" class="body markup">
{paragraphs(s, between={2: '<div class="subscription-widget-wrap-editor"><div class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">The Slow Tide is a reader-supported publication. To receive new posts, consider becoming a subscriber.</p></div><form><button>Subscribe</button></form></div></div>'})}
<p class="button-wrapper"><a class="button primary" href="x"><span>Share</span></a></p><div class="subscription-widget-wrap"><p class="cta-caption">Thanks for reading The Slow Tide! This post is public so feel free to share it.</p></div></div></article>
<div class="post-footer"><h4>Discussion about this post</h4><div class="comment"><p>I still have a recording on tape of this, will post it when I find a player.</p></div></div><div class="portable-archive"><h4>Ready for more?</h4></div></div></div></div></div></div><div class="footer-wrap"><div>© {d.year} {s.author} · Privacy ∙ Terms ∙ Collection notice</div></div></div></body></html>"""
    return made(
        "newsletter platform", s, html, outlet=outlet, published=d, updated=d,
        optional=["Notes from the coast, letter 31"],
        furniture=["reader-supported", "Thanks for reading", "recording on tape", "Ready for more", "Collection notice", "Share"],
    )  # fmt: skip


def amp(s: Story, d: date, *, data: bool) -> Page:
    outlet = "Harbor Ledger"
    article = {"@context": "http://schema.org", "@type": "NewsArticle", "mainEntityOfPage": "https://harborledger.example/tram", "headline": s.title, "datePublished": f"{d.isoformat()}T23:40:00-04:00", "author": {"@type": "Person", "name": s.author}, "publisher": {"@type": "Organization", "name": outlet, "logo": {"@type": "ImageObject", "url": "l.png"}}}  # fmt: skip
    html = f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><script async src="https://cdn.example/v0.js"></script><title>{s.title}</title><link rel="canonical" href="https://harborledger.example/tram"><style amp-boilerplate>body{{visibility:hidden}}</style>{ld(article) if data else f'<meta property="og:site_name" content="{outlet}">'}</head>
<body><amp-consent id="c" layout="nodisplay"><div id="consent-ui"><p>We and our 412 partners store cookies on your phone.</p><button on="tap:c.accept">Agree</button></div></amp-consent>
<amp-sidebar id="sb" layout="nodisplay"><ul><li>Metro</li><li>Business</li></ul></amp-sidebar><header class="amp-header"><a href="/">{outlet}</a></header>
<article class="amp-article"><h1 class="amp-title">{s.title}</h1><div class="amp-byline">By <span class="amp-author">{s.author}</span> <time datetime="{d.isoformat()}T23:40:00-04:00">{d:%b. %d, %Y} 11:40 p.m. ET</time></div>
<amp-social-share type="email"></amp-social-share><amp-img src="t.jpg" width="1200" height="800" layout="responsive"></amp-img><p class="amp-caption">A tram waits at the Harbor depot. (Lena Fisk/{outlet})</p>
<div class="amp-content">{paragraphs(s, between={1: '<amp-ad width=300 height=250 type="x"><div placeholder>Advertisement</div></amp-ad>', 3: '<amp-list><div class="related-inline"><b>Related:</b> <a href="/r">Riders walked, biked and grumbled</a></div></amp-list>'})}</div>
<a class="amp-canonical" href="https://harborledger.example/tram">View full version of this story</a></article><footer><p>All rights reserved. This material may not be broadcast.</p></footer></body></html>"""
    return made(
        "amp", s, html, outlet=outlet, published=d, url="https://harborledger.example/tram",
        furniture=["412 partners", "Lena Fisk", "Advertisement", "grumbled", "View full version", "may not be broadcast"],
    )  # fmt: skip


def table_layout(s: Story, d: date) -> Page:
    outlet = "The Pell Valley Courier"
    body = "<br><br>\n&nbsp;&nbsp;&nbsp;".join(linked("\n".join(p)) for p in s.paragraphs)
    html = f"""<HTML><HEAD><TITLE>{outlet} - {s.title}</TITLE><META NAME="GENERATOR" CONTENT="Microsoft FrontPage 4.0"></HEAD>
<BODY BGCOLOR="#FFFFFF" LINK="#000080"><CENTER><IMG SRC="banner.gif" ALT="{outlet}" WIDTH=600 HEIGHT=60></CENTER>
<TABLE WIDTH=760 BORDER=0 CELLPADDING=4><TR><TD WIDTH=140 VALIGN=TOP BGCOLOR="#CCCC99"><FONT FACE="Arial" SIZE=1><B>SECTIONS</B><BR><A HREF="news.htm">News</A><BR><A HREF="sport.htm">Sport</A><BR><A HREF="farm.htm">Farming</A><BR><A HREF="class.htm">Classifieds</A><P><A HREF="guest.htm">Sign our guestbook!</A></FONT></TD>
<TD WIDTH=480 VALIGN=TOP><FONT SIZE="+2"><B>{s.title}</B></FONT><BR><FONT SIZE=2><I>By {s.author}</I><BR>Posted {d:%A}, {us(d)}</FONT><HR>
<FONT FACE="Times New Roman" SIZE=3>{body}</FONT>
<P ALIGN=CENTER><FONT SIZE=1>[<A HREF="index.htm">Front page</A>] [<A HREF="mailto:ed@pellcourier.example">Write to the editor</A>]</FONT></TD>
<TD WIDTH=140 VALIGN=TOP><TABLE BORDER=1><TR><TD><FONT SIZE=1>WEATHER<BR>Rain, 9 degrees, wind from the west</FONT></TD></TR></TABLE></TD></TR></TABLE>
<CENTER><FONT SIZE=1>Copyright &copy; {d.year} {outlet}. You are visitor 004122.</FONT></CENTER></BODY></HTML>"""
    return made(
        "table layout",
        s,
        html,
        outlet=outlet,
        published=d,
        encoding="latin-1",
        furniture=["guestbook", "Front page", "visitor 004122", "wind from the west", "Write to the editor"],
    )


def local_paper(s: Story, d: date, place: str, short: bool) -> Page:
    outlet = "Pennick & District Record"
    when = f"{d:%b}. {d.day}, {d.year}" if short else us(d)
    dateline = f"{place}, {when} — "
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} :: Pennick &amp; District Record</title></head><body>
<div class="topstrip"><span class="today">Sunday, 22 November</span> <span class="weather">7°C</span></div><div class="masthead"><a href="/"><img alt="Pennick &amp; District Record" src="m.svg"></a></div>
<ul class="mainnav"><li>Home</li><li>Villages</li><li>Deaths</li><li>Property</li></ul>
<div class="story-wrap"><h1 class="story-head">{s.title}</h1><div class="story-by">{s.author}</div>
<div class="story-text">{paragraphs(s, lead=dateline, between={2: '<div class="inset"><h4>Most read</h4><ol><li><a>Fined for feeding gulls</a></li><li><a>Who stole the parish bench?</a></li></ol></div>'})}
<p class="contact">Do you have a story? Ring the newsdesk on 555 0142.</p></div></div>
<div class="foot">Pennick &amp; District Record, 4 Church Row, Pennick</div></body></html>"""
    return made(
        "local paper dateline",
        s,
        html,
        outlet=outlet,
        published=d,
        optional=[dateline.strip(), dateline],
        furniture=["newsdesk", "Fined for feeding", "parish bench", "7°C"],
    )


def arc_fusion(s: Story, d: date, *, meta: bool) -> Page:
    outlet = "The Tolland Post"
    when = f"{d.isoformat()}T10:05:00.000Z"
    content = {"_id": "XK2", "type": "story", "headlines": {"basic": s.title, "web": ""}, "display_date": when, "first_publish_date": when, "last_updated_date": when, "credits": {"by": [{"type": "author", "name": s.author}]}, "content_elements": [{"type": "text", "content": "Placeholder that is drawn by scripts"}], "website": "tolland"}  # fmt: skip
    news = {"@context": "https://schema.org", "@type": ["NewsArticle"], "headline": s.title, "datePublished": when, "author": [{"@type": "Person", "name": s.author}], "publisher": {"@id": "tollandpost.example", "@type": "NewsMediaOrganization", "name": outlet}}  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"/><title>{s.title} - {outlet}</title><meta property="og:site_name" content="{outlet}"/>{ld(news) if meta else ""}</head><body><div id="fusion-app"><div class="grid-layout">
<header class="c-stack b-header-nav-chain"><nav><a class="c-link">Sections</a><a class="c-link">Subscribe</a></nav></header>
<section class="b-right-rail__full-width"><div class="b-headline"><h1 class="c-heading b-headline">{s.title}</h1></div>
<div class="b-byline"><span class="b-byline__by">By</span><span class="b-byline__names"><a class="c-link">{s.author}</a></span></div><div class="b-date c-date">{us(d)} at 6:05 a.m. EDT</div>
<div class="b-lead-art"><figure class="c-media-item"><img src="r.jpg"/><figcaption class="c-media-item__fig-caption"><span class="c-media-item__caption">The works at dusk. </span><span class="c-media-item__credit">(Dara Finch/The Tolland Post)</span></figcaption></figure></div></section>
<div class="b-right-rail__main"><article class="b-article-body">
{paragraphs(s, attributes='class="c-paragraph"', between={1: '<div class="arcad-wrapper"><div class="arcad">AD</div></div>', 2: '<p class="c-paragraph interstitial-link"><i>[</i><a href="/i"><i>Warehouse jobs fell last year, a survey shows</i></a><i>]</i></p>', 3: '<h2 class="c-heading">A long courtship</h2>'})}</article>
<div class="b-gift"><button>Gift this article</button></div><div class="b-comments">142 Comments</div><div class="b-results-list"><h2>Most Read in Business</h2><a>Five charts on rent</a></div></div></div></div>
<script id="fusion-metadata" type="application/javascript">window.Fusion=window.Fusion||{{}};Fusion.arcSite="tolland";Fusion.globalContent={json.dumps(content)};Fusion.spa=false;</script></body></html>"""
    return made(
        "arc fusion",
        s,
        html,
        outlet=outlet,
        published=d,
        optional=["A long courtship"],
        furniture=["Gift this", "Five charts", "Dara Finch", "142 Comments", "Warehouse jobs fell", "Placeholder"],
    )


def times_like(s: Story, d: date, updated: date | None) -> Page:
    outlet = "The Eddering Times"
    changed = f"{updated.isoformat()}T13:20:11.000Z" if updated else f"{d.isoformat()}T19:00:12.000Z"
    fields = {
        "byl": f"By {s.author}",
        "pdate": f"{d:%Y%m%d}",
        "articleid": "100000008",
        "CG": "world",
        "applicationName": "eddering",
    }
    html = f"""<!DOCTYPE html><html lang="en" class="story nytapp-vi-article" xmlns:og="http://opengraphprotocol.org/schema/"><head><meta charset="utf-8"/><title data-rh="true">{s.title} - {outlet}</title>
{metas("name", fields)}{metas("property", {"article:published_time": f"{d.isoformat()}T19:00:12.000Z", "article:modified_time": changed, "og:type": "article", "og:title": s.title, "article:section": "World"})}
</head><body><div id="app"><div class="css-1o"><header class="css-1h"><a href="/" aria-label="{outlet}">{outlet}</a></header></div><main id="site-content"><div id="top-wrapper" class="css-o"><p>Advertisement</p><a href="#after-top">SKIP ADVERTISEMENT</a></div>
<article id="story" class="css-1vxca1d e1lmdhsb0"><header class="css-9aqrl2 euiyums1"><h1 id="link-1" class="css-1l8buln e1h9rw200" data-testid="headline">{s.title}</h1><p id="article-summary" class="css-79rysd e1wiw3jv0">The cause is not yet known.</p>
<div class="css-1vkm6nb"><div aria-hidden="true"><button>Share full article</button><span>88</span></div></div><div class="css-233int epjyd6m0"><p class="css-4anu6l e1jsehar1"><span class="byline-prefix">By </span><a class="css-mrorfa e1jsehar0" href="/by/x">{s.author}</a></p><p class="css-1nuro5j">Reporting from the west of the city</p>
<ul class="css-1u1psjv"><li><time class="css-1z1nqv e16638kd0" datetime="{d.isoformat()}T15:00:12-04:00"><span>{d:%B} {d.day}, {d.year}</span></time></li></ul></div></header>
<section name="articleBody" class="meteredContent css-1r7ky0e"><div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8">
{paragraphs(Story(s.title, "", s.paragraphs[:2]), attributes='class="css-at9mc1 evys1bk0"')}</div><aside class="css-ew4tgv" aria-label="companion column"></aside></div>
<div id="story-ad-1-wrapper"><p>Advertisement</p><a href="#after-story-ad-1">SKIP ADVERTISEMENT</a></div><div class="css-13brihr"><figure class="sizeLarge"><div class="css-nwd8t8"><picture><img src="w.jpg" alt="A dark street"></picture></div><figcaption class="css-1g9ic6e"><span class="css-jevhma">A street in Pike Hill by candlelight.</span><span class="css-1u46b97"><span>Credit...</span><span>Ilse Marr for {outlet}</span></span></figcaption></figure></div>
<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8">{paragraphs(Story(s.title, "", s.paragraphs[2:]), attributes='class="css-at9mc1 evys1bk0"')}</div></div></section>
<div class="bottom-of-article"><div class="css-1s47ckk"><div class="css-19hdyf3"><p>{s.author} covers energy for The Times. <a>More about {s.author}</a></p></div><p class="css-p">A version of this article appears in print on , Section A, Page 9 of the City edition. Order Reprints | Today’s Paper | Subscribe</p></div></div></article></main><footer><ul><li>© 2023 {outlet} Company</li><li>Contact Us</li></ul></footer></div></body></html>"""
    return made(
        "times-like", s, html, outlet=outlet, published=d, updated=updated or d,
        optional=["The cause is not yet known.", f"{s.author} covers energy for The Times.", "Reporting from the west of the city"],
        furniture=["SKIP ADVERTISEMENT", "Share full article", "Order Reprints", "Ilse Marr", "Contact Us", "candlelight"],
    )  # fmt: skip


def guardian_like(s: Story, d: date, updated: date | None, names: Sequence[str]) -> Page:
    outlet = "The Sentry"
    news = [{"@type": "NewsArticle", "@context": "https://schema.org", "publisher": {"@type": "Organization", "@context": "https://schema.org", "name": outlet}, "isAccessibleForFree": True, "image": [], "author": [{"@type": "Person", "name": n, "sameAs": "https://sentry.example/profile/x"} for n in names], "datePublished": f"{d.isoformat()}T05:00:12.000Z", "headline": s.title, "dateModified": f"{(updated or d).isoformat()}T12:11:09.000Z", "mainEntityOfPage": "https://sentry.example/x"}, {"@type": "WebPage", "@context": "https://schema.org", "@id": "https://sentry.example/x", "potentialAction": {"@type": "ViewAction"}}]  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} | Beekeeping | {outlet}</title>{metas("property", {"article:author": "https://sentry.example/profile/x", "article:publisher": "https://social.example/sentry", "og:title": s.title, "article:published_time": f"{d.isoformat()}T05:00:12.000Z", "og:site_name": "the Sentry"})}{ld(news)}</head>
<body><a class="dcr-skip" href="#maincontent">Skip to main content</a><header><div data-print-layout="hide"><a href="/">Support {outlet}</a><p>Fund independent journalism with 5 a month</p></div></header><main data-layout="StandardLayout"><div class="dcr-1y">
<div data-gu-name="headline"><h1 class="dcr-y70er3">{s.title}</h1></div><div data-gu-name="standfirst"><div class="dcr-1j"><p>Warm walls and early flowers may explain the gap, say volunteers</p></div></div>
<div data-gu-name="meta"><div class="dcr-1pe"><address aria-label="Contributor info" data-component="meta-byline"><div class="dcr-1cs">{" and ".join(f'<a rel="author" href="/profile/x">{n}</a>' for n in names)}</div></address><details class="dcr-1"><summary><span class="dcr-u0h1qy">{d:%a} {d.day} {d:%b} {d.year} 06.00 BST</span></summary>Last modified on {(updated or d):%a} {(updated or d).day} {(updated or d):%b} {(updated or d).year} 13.11 BST</details></div></div>
<div data-gu-name="media"><figure><img src="h.jpg"><figcaption class="dcr-cap"><span>Hives above the old fish market. Photograph: Ada Thorn/{outlet}</span></figcaption></figure></div>
<div data-gu-name="body"><div id="maincontent" class="dcr-ch7w1w"><div class="article-body-commercial-selector article-body-viewer-selector dcr-11jq3zt">
{paragraphs(s, attributes='class="dcr-130mj7b"', between={1: '<figure data-spacefinder-role="richLink" class="dcr-47fhrn"><gu-island name="RichLinkComponent"><div class="dcr-rl"><a href="/x">City foxes are getting bolder, residents say</a><div>Read more</div></div></gu-island></figure>', 2: '<figure class="dcr-nl"><div><h2>Sign up to Morning Watch</h2><p>The stories that matter and why, before breakfast.</p><p>Privacy Notice: Newsletters may contain information about charities and online ads.</p></div></figure><p>after newsletter promotion</p>'})}</div></div></div>
<div data-gu-name="border"><div class="dcr-tags"><span>Explore more on these topics</span><ul><li><a>Beekeeping</a></li><li><a>Cities</a></li></ul><button>Reuse this content</button></div></div></div></main>
<section data-component="most-viewed"><h2>Most viewed</h2><ol><li>Live: storm nears the coast</li></ol></section></body></html>"""
    return made(
        "guardian-like", s, html, outlet=outlet, published=d, updated=updated or d, author=", ".join(names), url="https://sentry.example/x",
        optional=["Warm walls and early flowers may explain the gap, say volunteers"],
        furniture=["City foxes", "Morning Watch", "Privacy Notice", "after newsletter promotion", "Reuse this", "Most viewed", "Ada Thorn", "Fund independent"],
    )  # fmt: skip


def broadcaster(s: Story, d: date, *, author: bool) -> Page:
    outlet = "NBS News"
    news = {"@context": "http://schema.org", "@type": "ReportageNewsArticle", "headline": s.title, "datePublished": f"{d.isoformat()}T16:44:02.000Z", "author": {"@type": "NewsMediaOrganization", "name": outlet} if not author else [{"@type": "Person", "name": s.author}], "publisher": {"@type": "NewsMediaOrganization", "name": outlet, "publishingPrinciples": "https://nbs.example/p"}}  # fmt: skip
    by = (
        f'<div data-testid="byline-new" class="sc-801dd632-6"><div data-testid="byline-new-contributors"><span class="sc-801dd632-7">{s.author}</span><span class="sc-801dd632-8">Environment correspondent</span></div></div>'
        if author
        else ""
    )
    html = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"/><title>{s.title} - {outlet}</title><meta name="robots" content="NOODP, NOYDIR"/>{ld(news)}</head><body><div id="__next"><div data-testid="header"><nav><a>Home</a><a>News</a><a>Weather</a></nav></div>
<main id="main-content"><article class="sc-cc7b7e9d-0"><div data-component="headline-block"><h1 class="sc-518485e5-0">{s.title}</h1></div><div data-component="byline-block"><time datetime="{d.isoformat()}T16:44:02.000Z" class="sc-801dd632-2">3 hours ago</time>{by}<button>Share</button><button>Save</button></div>
<div data-component="image-block"><figure><img src="g.jpg"/><span class="sc-c">Image source, EIDE INSTITUTE</span><figcaption><span>Image caption, </span>Ladders now lead down to the ice</figcaption></figure></div>
<div data-component="text-block"><p class="sc-eb7bd5f6-0"><b id="first">{linked(" ".join(s.paragraphs[0]))}</b></p></div>
{"".join(f'<div data-component="text-block"><p class="sc-eb7bd5f6-0">{linked(" ".join(p))}</p></div>' for p in s.paragraphs[1:3])}
<div data-component="subheadline-block"><h2>Ladders and dams</h2></div><div data-component="ad-slot">Advertisement</div>
{"".join(f'<div data-component="text-block"><p class="sc-eb7bd5f6-0">{linked(" ".join(p))}</p></div>' for p in s.paragraphs[3:])}
<div data-component="links-block"><ul><li><a href="/l">Inside the tunnel beneath the ice</a></li></ul></div>
<div data-component="tags"><ul><li><a>Mountains</a></li><li><a>Climate</a></li></ul></div></article><section data-component="related-content"><h2>More on this story</h2><a>The man who measures snow</a><span>12 July</span></section></main>
<footer>Copyright © 2024 NBS. The NBS is not responsible for the content of external sites.</footer></div></body></html>"""
    return made(
        "broadcaster", s, html, outlet=outlet, published=d, author=s.author if author else "",
        optional=["Ladders and dams", "Environment correspondent"],
        furniture=["3 hours ago", "Image source", "Inside the tunnel", "More on this story", "measures snow", "external sites", "Advertisement"],
    )  # fmt: skip


def cable_news(s: Story, d: date, updated: date) -> Page:
    outlet = "TVN"
    html = f"""<!DOCTYPE html><html lang="en" data-layout-uri="article"><head><title>{s.title} | {outlet}</title><meta charset="utf-8">{metas("property", {"og:site_name": outlet, "og:title": f"{s.title} | {outlet}", "og:type": "article"})}<meta name="author" content="{s.author}"><meta name="template_type" content="article_leaf"></head>
<body class="layout layout-with-rail"><header class="header"><div class="brand-logo">{outlet}</div><div class="ad-feedback__modal"><div class="ad-feedback__heading__text">{outlet} values your feedback</div><div>1. How relevant is this ad to you?</div></div></header>
<section class="layout__wrapper"><div class="headline__wrapper"><h1 class="headline__text inline-placeholder vossi-headline-text" id="maincontent">{s.title}</h1></div>
<div class="headline__sub-container"><div class="byline"><div class="byline__images"></div><div class="byline__names">By <span class="byline__name">{s.author}</span>, {outlet}</div></div><div class="headline__sub-description"><span class="headline__reading-time">3 min read</span><div class="timestamp vossi-timestamp"> Updated 4:22 PM EDT, {updated:%a} {us(updated)} </div></div></div>
<div class="article__main"><main class="article__content" itemprop="articleBody" data-editable="content"><div class="source inline-placeholder"><cite class="source__cite"><span class="source__location" data-editable="location">Milbrook</span> <span class="source__text">{outlet}</span> &nbsp;&mdash;&nbsp;</cite></div>
{paragraphs(s, attributes='class="paragraph inline-placeholder vossi-paragraph"', between={2: '<div class="related-content_without-image"><div class="related-content__headline-text"><span>RELATED ARTICLE</span> <span>Why steel rusts from within</span></div></div>', 4: '<div class="ad-slot" data-ad-text="show"><div class="ad-slot__feedback">Ad Feedback</div></div>'})}
<p class="paragraph footnote"><em>TVN’s Ola Reyes contributed to this report.</em></p></main></div></section><div class="zone"><h2 class="container__title_url-text">Paid Partner Content</h2><span class="container__headline-text">Dentists hate this lamp</span></div><footer><p>© {d.year} {outlet}. A Milbrook Discovery Company.</p></footer></body></html>"""
    return made(
        "cable news", s, html, outlet=outlet, published=d, updated=updated, url=f"https://tvn.example/{d:%Y/%m/%d}/us/footbridge/index.html",
        optional=["TVN’s Ola Reyes contributed to this report.", "Milbrook", "TVN", "—"],
        furniture=["values your feedback", "How relevant", "RELATED ARTICLE", "Why steel rusts", "Ad Feedback", "Dentists", "min read"],
    )  # fmt: skip


def monde_like(s: Story, published: str, d: date, updated: date | None, modified: str, *, data: bool) -> Page:
    outlet = "Le Courrier des Vaux"
    news = {"@context": "http://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": f"{d.isoformat()}T10:12:00+02:00", "dateModified": f"{(updated or d).isoformat()}T08:00:00+02:00", "author": {"@type": "Person", "name": s.author.split(" et ")}, "publisher": {"@type": "Organization", "name": outlet}}  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{s.title}</title>{metas("property", {"og:site_name": outlet})}{ld(news) if data else ""}</head><body id="js-body"><div class="gdpr-lmd-wall"><p>Nous et nos partenaires utilisons des cookies afin de mesurer l'audience.</p><button>Accepter et continuer</button></div>
<header id="Header"><ul class="Nav"><li>Actualités</li><li>Économie</li><li>Vidéos</li></ul></header><main class="article--wrapper"><section class="zone zone--article"><header class="article__header"><ul class="breadcrumb"><li>Régions</li></ul><h1 class="article__title">{s.title}</h1><p class="article__desc">Des mois d'attente se terminent dans la bonne humeur.</p>
<p class="meta__authors">Par <span class="meta__author"><a class="article__author-link">{'</a></span> et <span class="meta__author"><a class="article__author-link">'.join(s.author.split(" et "))}</a></span></p><span class="meta__date">Publié le {published} à 10h12{modified}</span> <span class="meta__reading">Temps de lecture : 2 min.</span></header>
<article class="article__content old__article-content-single">
{paragraphs(s, attributes='class="article__paragraph"', between={1: '<section class="catcher catcher--inline"><span class="catcher__title">Lire aussi :</span> <a class="js-article-read-also">La rivière retrouve son lit</a></section>', 3: '<figure class="article__media"><img src="p.jpg"><figcaption class="article__legend">Dans la rue du Port. <span class="article__credit">JEANNE MOREL POUR « LE COURRIER »</span></figcaption></figure>'})}
<section class="article__reactions"><p><a>Contribuer</a> <a>Réutiliser ce contenu</a></p></section></article><section class="services"><p class="services__title">Services Le Courrier</p><ul><li>Codes promo</li><li>Petites annonces</li></ul></section></section></main><footer>Mentions légales — Charte du groupe — Gestion des cookies</footer></body></html>"""
    return made(
        "monde-like", s, html, outlet=outlet, published=d, updated=updated, author=", ".join(s.author.split(" et ")),
        optional=["Des mois d'attente se terminent dans la bonne humeur."],
        furniture=["partenaires", "Lire aussi", "retrouve son lit", "JEANNE MOREL", "Réutiliser", "Codes promo", "Temps de lecture", "Mentions légales"],
    )  # fmt: skip


def japanese_public(s: Story, d: date, *, encoding: str, declared: str) -> Page:
    outlet = "さざなみ放送ニュース"
    author = f'<p class="writer">記者　{s.author}</p>' if s.author else ""
    html = f"""<!DOCTYPE html><html lang="ja"><head>{declared}<title>{s.title}｜{outlet}</title><meta name="description" content="{s.sentences[0]}"></head><body><div id="header"><a href="/">{outlet}</a><ul class="gnav"><li>社会</li><li>経済</li><li>気象・災害</li></ul></div>
<main id="main"><section class="module--detail"><article class="module--detail-content"><header class="content--header"><p class="content--header-date"><time datetime="{d.isoformat()}T10:00">{d.year}年{d.month}月{d.day}日 10時00分</time></p><h1 class="content--title"><span>{s.title}</span></h1>{author}</header>
<section class="content--detail-main"><div class="content--detail-body">{"".join(f'<div class="body-text"><p>{"<br>".join(p)}</p></div>' for p in s.paragraphs)}</div></section>
<div class="content--share"><p>シェアする</p><a>ツイート</a></div></article><aside class="module--related"><h2>関連ニュース</h2><ul><li><a>港の朝市、雨でも開催</a></li></ul></aside></section></main><footer><p>受信料のご案内　著作権について</p></footer></body></html>"""
    return made(
        "japanese public broadcaster",
        s,
        html,
        outlet=outlet,
        published=d,
        encoding=encoding,
        furniture=["シェアする", "関連ニュース", "受信料", "港の朝市"],
    )


def russian_agency(s: Story, d: date, month: str, *, header: str, author: bool, url: str) -> Page:
    outlet = "Север-Информ"
    by = f'<div class="article__author">Автор: {s.author}</div>' if author else ""
    html = f"""<html><head><meta name="keywords" content="новости, мост"><title>{s.title} — {outlet}</title></head><body><div class="top"><a href="/">{outlet}</a> <span>Курс: 71,40</span></div>
<div class="wrap"><div class="left"><div class="rubrics"><a>Политика</a> <a>Общество</a> <a>Спорт</a></div></div><div class="center"><div class="date">{d.day} {month} {d.year}, 14:05</div><h1>{s.title}</h1>{by}
<div class="text">{paragraphs(s, lead=f"СЕВЕРОГОРСК, {d.day} {month} — {outlet}. ")}</div>
<div class="subscribe">Подписывайтесь на наш канал в «Телеграфе»</div><div class="see-also"><b>Читайте также:</b> <a>Лёд на Ильве тронулся раньше срока</a></div></div></div><div class="bottom">При перепечатке ссылка на агентство обязательна. 16+</div></body></html>"""
    return made(
        "russian agency", s, html, outlet=outlet, published=d, author=s.author if author else "", encoding="windows-1251", content_type=header, url=url,
        optional=[f"СЕВЕРОГОРСК, {d.day} {month} — {outlet}. "], furniture=["Подписывайтесь", "Читайте также", "тронулся раньше", "При перепечатке", "Курс"],
    )  # fmt: skip


def press_wire(s: Story, d: date, place: str) -> Page:
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title}</title>{metas("name", {"date": f"{d.isoformat()}T09:00:00-05:00", "author": "Ferrant Robotics"})}{metas("property", {"og:site_name": "WireRelay", "og:title": s.title})}</head><body class="release">
<nav class="navbar"><a>News</a><a>Products</a><a>Contact</a><a>Send a Release</a></nav><article class="news-release inline-gallery-template"><header class="container release-header"><div class="row detail-headline"><h1>{s.title}</h1></div>
<div class="row"><p class="meta">News provided by</p><a href="/org"><strong>Ferrant Robotics</strong></a><p class="mb-no">{d:%b} {d.day:02d}, {d.year}, 09:00 ET</p><div class="share-toolbar">Share this article<span>Share to X</span></div></div></header>
<section class="release-body container"><div class="row"><div class="col-lg-10">
{paragraphs(s, lead=f'<span class="xn-location">{place}</span>, <span class="xn-chron">{d:%B} {d.day}, {d.year}</span> /WireRelay/ -- ')}
<p><b>About Ferrant Robotics</b><br>Ferrant Robotics makes machines that lift, sort and stack in 31 countries.</p><p>Media contact:<br>Jo Rill, +1 555 0100, <a href="mailto:press@ferrant.example">press@ferrant.example</a></p><p>SOURCE Ferrant Robotics</p></div></div></section>
<div class="also-from"><h2>Also from this source</h2><a>Ferrant Robotics opens training school</a></div></article><footer><p>Contact WireRelay 800-555-0134 from 8 AM</p></footer></body></html>"""
    return made(
        "press wire", s, html, outlet="WireRelay", published=d, author="Ferrant Robotics",
        optional=[f"{place}, {us(d)} /WireRelay/ -- ", "About Ferrant Robotics", "Ferrant Robotics makes machines that lift, sort and stack in 31 countries."],
        furniture=["Share this article", "Also from this source", "training school", "800-555-0134", "News provided by", "press@ferrant", "SOURCE Ferrant"],
    )  # fmt: skip


def live_blog(s: Story, d: date, *, data: bool) -> Page:
    outlet = "Marl Valley Online"
    posts = list(reversed(s.paragraphs))
    stamps = [f"{18 - n:02d}:{40 - 7 * n:02d}" for n in range(len(posts))]
    blog = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": s.title, "coverageStartTime": f"{d.isoformat()}T07:00:00Z", "datePublished": f"{d.isoformat()}T07:00:00Z", "dateModified": f"{d.isoformat()}T18:41:00Z", "author": {"@type": "Person", "name": s.author}, "publisher": {"@type": "Organization", "name": outlet}, "liveBlogUpdate": [{"@type": "BlogPosting", "headline": f"Update {n}", "datePublished": f"{d.isoformat()}T{t}:00Z", "articleBody": plain(" ".join(p)), "author": {"@type": "Person", "name": "Night Desk"}} for n, (p, t) in enumerate(zip(posts, stamps, strict=True))]}  # fmt: skip
    cards = "".join(f'<article class="live-blog__post" id="p{n}"><header><time datetime="{d.isoformat()}T{t}:00Z">{t} GMT</time></header><div class="live-blog__text">{"".join(f"<p>{linked(x)}</p>" for x in p)}</div><div class="live-blog__tools"><button>Copy link to post</button></div></article>' for n, (p, t) in enumerate(zip(posts, stamps, strict=True)))  # fmt: skip
    head = (
        ld(blog)
        if data
        else metas(
            "property",
            {
                "og:site_name": outlet,
                "article:published_time": f"{d.isoformat()}T07:00:00Z",
                "article:modified_time": f"{d.isoformat()}T18:41:00Z",
            },
        )
        + metas("name", {"author": s.author})
    )
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} – as it happened | {outlet}</title>{head}<meta property="og:title" content="{s.title}"></head><body><header class="site"><a>{outlet}</a></header>
<main class="live-blog"><div class="live-blog__badge">LIVE</div><h1>{s.title}</h1><div class="live-blog__by">With {s.author}</div><div class="live-blog__counter">{len(posts)} new updates</div><nav class="live-blog__keys"><h2>Jump to</h2><a>Trains</a><a>Insurance</a></nav>
<div class="live-blog__stream">{cards}</div><button class="live-blog__more">Show older updates</button></main><aside class="weather"><p>Rain eases by Tuesday in our outlook</p></aside></body></html>"""
    return made(
        "live blog",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=d,
        furniture=["Copy link", "new updates", "Jump to", "older updates", "in our outlook"],
    )


def paywall(s: Story, d: date, *, shown: int) -> Page:
    outlet = "Sennet Tribune"
    seen = Story(s.title, s.author, s.paragraphs[:shown])
    news = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": f"{d.isoformat()}T18:30:00+01:00", "author": s.author, "publisher": {"@type": "Organization", "name": outlet}, "isAccessibleForFree": "False", "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paid"}}  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} | {outlet}</title>{ld(news)}</head><body><header class="hd"><a class="logo">{outlet}</a><a class="login">Log in</a></header>
<main><article class="tr-article locked"><div class="tr-flag">Subscriber only</div><h1>{s.title}</h1><p class="tr-author">by {s.author}</p><div class="tr-text">{paragraphs(seen)}</div>
<div class="paywall-offer"><h3>You have reached the end of your free reading</h3><p>Subscribe to continue reading this article and all our reports from the lake.</p><ul><li>Unlimited articles on all your devices</li><li>Cancel at any time</li></ul><button>Get 4 weeks for 1 crown</button><p>Already a subscriber? <a>Sign in</a></p></div></article>
<section class="free"><h2>Free to read today</h2><p>Our guide to the swimming places of the south shore</p></section></main></body></html>"""
    return made(
        "paywall stub",
        seen,
        html,
        outlet=outlet,
        published=d,
        furniture=[
            "free reading",
            "Subscribe to continue",
            "Unlimited",
            "Already a subscriber",
            "Get 4 weeks",
            "swimming places",
            "Subscriber only",
        ],
    )


def paginated(s: Story, d: date, *, first: bool) -> Page:
    outlet = "Islands Quarterly"
    half = Story(s.title, s.author, s.paragraphs[:3] if first else s.paragraphs[3:])
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title}{"" if first else " - Page 2"} - {outlet}</title><link rel="{"next" if first else "prev"}" href="?page={"2" if first else "1"}"><link rel="canonical" href="https://islandsquarterly.example/door">
{metas("property", {"og:title": s.title, "og:site_name": outlet, "og:url": "https://islandsquarterly.example/door"})}{metas("name", {"author": s.author, "publish-date": d.isoformat()})}</head><body><div id="wrap"><div id="hd"><img src="iq.gif" alt="{outlet}"></div>
<div id="story"><h1 class="hl">{s.title}</h1><div class="by">By {s.author} | {us(d)}</div><div class="tools"><a>Print</a> | <a>E-mail</a> | <a>Single page</a></div>
<div id="storytext">{paragraphs(half)}</div>
<div class="pagination"><span class="current">{"1" if first else "2"}</span> of 2 <a href="?page=1">1</a> <a href="?page=2">2</a> <a class="next">Next Page &raquo;</a></div></div><div id="promo"><p>Subscribe now and save 40% off the cover price!</p></div></div></body></html>"""
    return made(
        "paginated",
        half,
        html,
        outlet=outlet,
        published=d,
        furniture=["Single page", "Next Page", "save 40%", "E-mail"],
    )


def print_view(s: Story, d: date) -> Page:
    html = f"""<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"><title>Print: {s.title}</title><meta name="robots" content="noindex"></head><body onload="window.print()">
<div class="print-logo">Carrick Chronicle</div><p class="print-source">Printed from: https://carrickchronicle.example/schools/later-start</p><hr><h1>{s.title}</h1><p class="print-by"><b>{s.author}</b><br>{d:%A} {uk(d)}</p>
{paragraphs(s)}
<hr><p class="print-foot">Find this story at https://carrickchronicle.example/schools/later-start</p><p class="print-foot">© {d.year} Carrick Chronicle. For personal use only.</p><a href="javascript:window.close()">Close window</a></body></html>"""
    return made(
        "print view",
        s,
        html,
        outlet="Carrick Chronicle",
        published=d,
        furniture=["Printed from", "Find this story", "personal use", "Close window"],
    )


def podcast(s: Story, d: date) -> Page:
    outlet = "Gannet Audio"
    short = Story(s.title, s.author, s.paragraphs[:2])
    data = {"@context": "https://schema.org", "@type": "PodcastEpisode", "name": s.title, "datePublished": d.isoformat(), "timeRequired": "PT28M", "author": {"@type": "Person", "name": s.author}, "partOfSeries": {"@type": "PodcastSeries", "name": "Far Signals"}, "publisher": {"@type": "Organization", "name": outlet}}  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} — Far Signals — {outlet}</title>{ld(data)}</head><body><header><a>{outlet}</a></header><main><div class="episode"><p class="episode-label">Episode 44 · 28 min</p><h1 class="episode-title">{s.title}</h1>
<div class="player"><audio controls src="e44.mp3"></audio><a download>Download</a><span>00:00 / 28:04</span></div><div class="episode-notes">{paragraphs(short)}</div>
<div class="listen-on"><p>Listen and follow wherever you get your podcasts</p><a>AppleBox</a><a>PodTree</a></div><div class="credits"><p>Sound design by Per Olin. Theme music by The Low Tones.</p></div></div>
<section class="episodes"><h2>More episodes</h2><ul><li>43: A lighthouse for sale</li><li>42: The fog of names</li></ul></section></main></body></html>"""
    return made(
        "podcast",
        short,
        html,
        outlet=outlet,
        published=d,
        optional=["Sound design by Per Olin. Theme music by The Low Tones."],
        furniture=["wherever you get", "More episodes", "fog of names", "Download"],
    )


def video(s: Story, d: date) -> Page:
    outlet = "Aske Valley TV"
    short = Story(s.title, "", s.paragraphs[:2])
    data = {
        "@context": "http://schema.org",
        "@type": "VideoObject",
        "name": s.title,
        "description": plain(s.paragraphs[0][0]),
        "uploadDate": f"{d.isoformat()}T17:02:00+00:00",
        "duration": "PT1M48S",
        "thumbnailUrl": "v.jpg",
        "contentUrl": "v.mp4",
    }
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Video: {s.title}</title>{metas("property", {"og:type": "video.other", "og:title": s.title, "og:site_name": outlet})}{ld(data)}</head><body><header><a>{outlet}</a><nav><a>Watch live</a></nav></header>
<main class="video-page"><div class="video-player"><video poster="v.jpg"></video><div class="video-error">Your browser does not play this video. Please update it.</div></div><h1>{s.title}</h1><div class="video-description">{paragraphs(short)}</div>
<button>Show transcript</button><div class="up-next"><h2>Up next</h2><div>01:12 Otter crosses the ring road</div><div>02:40 Town crier loses voice</div></div></main></body></html>"""
    return made(
        "video",
        short,
        html,
        outlet=outlet,
        published=d,
        author="",
        furniture=["Your browser", "Up next", "Otter crosses", "Show transcript"],
    )


def opinion(s: Story, d: date, *, data: bool) -> Page:
    outlet = "The Ombe Mail"
    names = s.author.split(", ")
    news = {
        "@context": "https://schema.org",
        "@type": "OpinionNewsArticle",
        "headline": s.title,
        "datePublished": d.isoformat(),
        "author": [{"@type": "Person", "name": n} for n in names],
        "publisher": {"@type": "Organization", "name": outlet},
    }
    bios = "Leda Marsh is a roaster in the Old Port. Ivo Kessel teaches trade law at the college of Ombe. Bram Oduya grows coffee."
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Opinion | {s.title} - {outlet}</title><meta property="og:title" content="Opinion | {s.title}"><meta property="og:site_name" content="{outlet}">{ld(news) if data else ""}</head><body><header><a href="/">{outlet}</a></header>
<article class="op-ed"><div class="kicker">Opinion</div><h1>{s.title}</h1><div class="op-bylines">By <a rel="author" href="/a/1">{names[0]}</a>, <a rel="author" href="/a/2">{names[1]}</a> and <a rel="author" href="/a/3">{names[2]}</a></div><div class="op-date"><time datetime="{d.isoformat()}">{us(d)}</time></div>
<div class="op-body">{paragraphs(s, between={2: '<aside class="pullquote">“She could mend her roof.”</aside>'})}<p class="op-bio"><em>{bios}</em></p><p class="op-letters"><em>Have you an answer to this column? Send a letter of up to 200 words to letters@ombemail.example.</em></p></div></article>
<section class="op-more"><h3>More in Opinion</h3><a>The case for slower trains</a></section></body></html>"""
    return made(
        "opinion",
        s,
        html,
        outlet=outlet,
        published=d,
        optional=[bios],
        furniture=["letters@ombemail", "slower trains", "More in Opinion"],
    )


def turkish(s: Story, d: date, day: str, *, encoding: str, declared: str, header: str) -> Page:
    outlet = "Kuzey Postası"
    html = f"""<!DOCTYPE html><html lang="tr"><head>{declared}<title>{s.title} - {outlet}</title></head><body><div class="ust"><a href="/" class="logo"><img src="l.png" alt="{outlet}"></a><ul class="menu"><li>Gündem</li><li>Ekonomi</li><li>Spor</li></ul></div>
<div class="haber" itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{s.title}</h1><div class="haber-bilgi"><span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">{s.author}</span></span> <span class="tarih">{day} 09:41</span><meta itemprop="datePublished" content="{d.isoformat()}T09:41:00+03:00"><span itemprop="publisher" itemscope itemtype="http://schema.org/Organization"><meta itemprop="name" content="{outlet}"></span></div>
<div class="paylas"><a>Facebook'ta Paylaş</a><a>Yazdır</a><span>A- A+</span></div><div class="haber-metni" itemprop="articleBody">{paragraphs(s, between={2: '<div class="ilgili"><strong>İLGİLİ HABER</strong><a>Barajda su seviyesi yükseldi</a></div>'})}</div>
<div class="etiketler">Etiketler: <a>yağış</a> <a>köprü</a></div><div class="yorumlar"><h3>YORUMLAR (1)</h3><p>Geçmiş olsun herkese, biz de yardıma geliyoruz.</p></div></div><div class="alt">Tüm hakları saklıdır. İzinsiz alıntılanamaz.</div></body></html>"""
    return made(
        "turkish microdata",
        s,
        html,
        outlet=outlet,
        published=d,
        encoding=encoding,
        content_type=header,
        furniture=["Paylaş", "İLGİLİ", "Barajda", "Etiketler", "YORUMLAR", "Geçmiş olsun", "Tüm hakları"],
    )


def german(s: Story, d: date, *, encoding: str, declared: str, header: str, plain_date: bool) -> Page:
    outlet = "Hafenbüller Anzeiger"
    when = (
        f"Veröffentlicht am {d:%d.%m.%Y}, 14:12 Uhr"
        if plain_date
        else f'<time datetime="{d.isoformat()}T14:12:00+02:00">{d:%d.%m.%Y}, 14.12 Uhr</time>'
    )
    html = f"""<!DOCTYPE html><html lang="de"><head>{declared}<title>{s.title} | {outlet}</title></head><body><header><a href="/">{outlet}</a><nav><a>Lokales</a><a>Politik</a><a>Sport</a></nav></header><main><article><header><h2><span class="kicker">Verkehr</span><span class="headline">{s.title}</span></h2>
<p class="leadtext">Das lange Warten am Anleger hat ein Ende.</p><div class="autor">Von <a href="/autor/x" rel="author">{s.author}</a></div><div class="datum">{when}</div></header>
<div class="article-text">{paragraphs(s, between={1: '<div class="werbung">Anzeige</div>', 2: '<aside class="infobox-link"><span>Mehr zum Thema</span><a>Sturm reißt Boje los</a></aside>'})}</div><p class="kuerzel">hba/dpn</p>
<div class="teilen">Artikel teilen <a>E-Mail</a> <a>Link kopieren</a></div></article><section class="kommentare"><h3>Diskutieren Sie mit</h3><p>Bitte melden Sie sich an, um zu kommentieren.</p></section></main><footer>Impressum Datenschutz AGB © Verlag Hafenbüll</footer></body></html>"""
    return made(
        "german local",
        s,
        html,
        outlet=outlet,
        published=d,
        encoding=encoding,
        content_type=header,
        optional=["Das lange Warten am Anleger hat ein Ende.", "hba/dpn"],
        furniture=["Anzeige", "Mehr zum Thema", "reißt Boje", "Link kopieren", "melden Sie sich", "Impressum"],
    )


def arabic(s: Story, d: date, day: str, *, stamped: bool) -> Page:
    outlet = "صحيفة المرسى"
    html = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{s.title} | {outlet}</title><meta property="og:site_name" content="{outlet}">{f'<meta property="article:published_time" content="{d.isoformat()}T12:00:00+04:00">' if stamped else ""}</head><body><header><ul class="menu"><li>الرئيسية</li><li>اقتصاد</li><li>رياضة</li></ul></header>
<div class="article-page"><h1 class="main-title">{s.title}</h1><div class="article-meta"><span class="author-name">{s.author}</span> <span class="publish-date">{day}</span></div><div class="share"><a>شارك</a></div><div class="wysiwyg">{paragraphs(s)}</div>
<div class="related"><h3>اقرأ أيضا</h3><a>صيادو الرمال يعودون إلى البحر</a></div><div class="tags"><span>كلمات مفتاحية</span></div></div><footer>جميع الحقوق محفوظة</footer></body></html>"""
    return made(
        "arabic",
        s,
        html,
        outlet=outlet,
        published=d,
        furniture=["اقرأ أيضا", "صيادو", "جميع الحقوق", "شارك", "كلمات مفتاحية"],
    )


def armenian(s: Story, d: date, *, url_only: bool) -> Page:
    outlet = "Լեռնաձոր Օրաթերթ"
    shown = "" if url_only else f'<div class="post-date">{d:%d.%m.%Y} 18:20</div>'
    html = f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{s.title} – {outlet}</title><meta property="og:locale" content="hy_AM"><meta property="og:title" content="{s.title}"><meta property="og:site_name" content="{outlet}"></head><body><div class="td-header"><a>{outlet}</a><ul><li>Լուրեր</li><li>Մշակույթ</li></ul></div>
<div class="td-post"><h1 class="td-title">{s.title}</h1><div class="td-author">Հեղինակ՝ <a href="/author/x" rel="author">{s.author}</a></div>{shown}<div class="td-post-content">{paragraphs(s)}</div><div class="td-share">Կիսվել</div><div class="td-related"><h4>Կարդացեք նաև</h4><a>Ձորում ձյուն է տեղացել</a></div></div><footer>Բոլոր իրավունքները պաշտպանված են</footer></body></html>"""
    return made(
        "armenian",
        s,
        html,
        outlet=outlet,
        published=d,
        url=f"https://lernadzor.example/{d:%Y/%m/%d}/dproc/",
        furniture=["Կիսվել", "Կարդացեք", "Ձորում ձյուն", "Բոլոր իրավունքները"],
    )


def parsely(s: Story, d: date, *, kind: str) -> Page:
    outlet = "Lower Town Reporter"
    names = {
        "parsely": {
            "parsely-title": s.title,
            "parsely-pub-date": f"{d.isoformat()}T15:01:00Z",
            "parsely-author": s.author,
            "parsely-section": "Port",
            "parsely-type": "post",
        },
        "sailthru": {
            "sailthru.title": s.title,
            "sailthru.date": f"{d:%a, %d %b %Y} 15:01:00 +0000",
            "sailthru.author": s.author,
            "sailthru.tags": "port,air",
        },
        "dublin core": {
            "DC.title": s.title,
            "DC.date.issued": d.isoformat(),
            "DC.creator": s.author,
            "DC.publisher": outlet,
            "DC.format": "text/html",
        },
    }[kind]
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} - {outlet}</title>{metas("name", {"application-name": outlet} | names)}</head><body><div class="cookie-banner" role="dialog"><p>This site uses cookies to make your visit pleasant.</p><button>Fine</button></div><header class="bar"><a>{outlet}</a></header>
<div class="container"><div class="col-8"><h1>{s.title}</h1><div class="credit-line">{s.author}</div><div class="rich-text">{paragraphs(s, between={2: '<p><strong>READ MORE: <a href="/z">The quiet quay at Skerry</a></strong></p>', 3: '<table class="facts"><caption>Shore power in numbers</caption><tr><th>Quay</th><th>Connections</th></tr><tr><td>North quay</td><td>5</td></tr><tr><td>Timber quay</td><td>4</td></tr></table>'})}<p><em>Follow us on Chirper for more from the Lower Town.</em></p></div></div>
<div class="col-4"><h3>Trending</h3><ol><li>Gull steals wedding ring</li><li>Ten soups for spring</li></ol></div></div></body></html>"""
    return made(
        "meta " + kind,
        s,
        html,
        outlet=outlet,
        published=d,
        extra=["North quay", "Timber quay"],
        optional=["Shore power in numbers", "Connections", "Quay", "5", "4"],
        furniture=["uses cookies", "READ MORE", "quiet quay", "Follow us", "Trending", "Gull steals"],
    )


def microdata(s: Story, d: date, updated: date | None) -> Page:
    outlet = "Thorne Gazette"
    changed = f'<meta itemprop="dateModified" content="{updated.isoformat()}">' if updated else ""
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title}</title></head><body itemscope itemtype="http://schema.org/WebPage"><header><span class="logo">{outlet}</span></header><div itemprop="mainEntity" itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{s.title}</h1><p>By <span itemprop="author">{s.author}</span> · <time itemprop="datePublished" datetime="{d.isoformat()}">{uk(d)}</time>{changed}</p><div itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="{outlet}"></div>
<figure itemprop="image"><img src="pear.jpg"><figcaption itemprop="caption">The old tree leans on its shed. <span class="photog">Picture: N. Vane</span></figcaption></figure>
<div itemprop="articleBody">{paragraphs(s, between={2: '<ul class="facts"><li>Name of the tree: Thorne Bishop</li><li>Fruit: small, long-stalked and brown</li></ul>'})}</div></div><div class="comments" itemscope itemtype="https://schema.org/Comment"><p itemprop="text">My gran made perry of these.</p><span itemprop="author">bess</span></div></body></html>"""
    return made(
        "microdata",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=updated,
        extra=["Name of the tree: Thorne Bishop", "Fruit: small, long-stalked and brown"],
        furniture=["made perry", "N. Vane", "leans on its shed."],
    )


def broken_json(s: Story, d: date, *, fault: str) -> Page:
    outlet = "Fennick Star"
    good = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": f"{d.isoformat()}T04:00:00Z", "author": [s.author], "publisher": {"@type": "Organization", "name": outlet}}, indent=1)  # fmt: skip
    bad = {
        "comma": good[:-2] + ",\n}",
        "newline": good.replace(s.title, s.title + "\n"),
        "cdata": f"//<![CDATA[\n{good}\n//]]>",
        "cut": good[: len(good) // 3],
    }[fault]
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} | {outlet}</title><script type="application/ld+json">{bad}</script><meta name="author" content="{s.author}"><meta property="article:published_time" content="{d.isoformat()}T04:00:00Z"></head><body><nav>Home Villages Sport</nav>
<article class="post"><h1>{s.title}</h1><div class="post-info"><span>{s.author}</span> <span>{us(d)}</span></div><div class="post-body">{paragraphs(s)}<p class="correction"><strong>Correction:</strong> An earlier version of this article gave the wrong age of the doctor.</p></div></article><aside>Star Events: Jumble sale on the green</aside></body></html>"""
    return made(
        "broken JSON-LD",
        s,
        html,
        outlet=outlet,
        published=d,
        optional=["Correction: An earlier version of this article gave the wrong age of the doctor."],
        furniture=["Jumble sale"],
    )


def only_in_address(s: Story, d: date, url: str) -> Page:
    outlet = "Isles Today"
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} / {outlet}</title><meta property="og:site_name" content="{outlet}"></head><body><div class="page"><div class="brand">{outlet}</div><div class="story"><h1>{s.title}</h1><div class="who">Words: {s.author}</div><div class="txt">{paragraphs(s)}</div></div><div class="side"><h4>Also today</h4><p>Seal pup returned to the sea</p></div><div class="end">© Isles Today 2011–2024</div></div></body></html>"""
    return made(
        "date in the address",
        s,
        html,
        outlet=outlet,
        published=d,
        url=url,
        furniture=["Also today", "Seal pup", "© Isles"],
    )


def no_date(s: Story, *, relative: bool) -> Page:
    outlet = "Dunmarrow Voice"
    shown = '<span class="ago" title="">Published 2 days ago</span>' if relative else ""
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} - {outlet}</title><meta name="author" content="{s.author}"></head><body><header><h2 class="site">{outlet}</h2><div>Today is Friday, 20 November 2026</div></header><article><h1>{s.title}</h1><p class="byline">By {s.author} {shown}</p>{paragraphs(s)}</article>
<section class="next-events"><h3>What's on</h3><p>Harvest supper, 12 October 2024, 7 p.m.</p></section><footer>© 2009-2024 {outlet}</footer></body></html>"""
    return made(
        "no date",
        s,
        html,
        outlet=outlet,
        url="https://dunmarrowvoice.example/news/4411-flour",
        furniture=["Harvest supper", "What's on", "Today is"],
    )


def future_date(s: Story, d: date | None) -> Page:
    outlet = "Milbrook Times-Herald"
    news = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": s.title,
        "datePublished": "2099-12-31T00:00:00Z",
        "author": {"@type": "Person", "name": s.author},
        "publisher": {"@type": "Organization", "name": outlet},
    }
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} | {outlet}</title>{ld(news)}</head><body><main><h1>{s.title}</h1><p class="by">{s.author}</p><div class="when">{us(d) if d else "Embargoed"}</div><div class="copy">{paragraphs(s)}</div></main><footer>Milbrook Times-Herald, the voice of the Tarn</footer></body></html>"""
    return made("future date", s, html, outlet=outlet, published=d, furniture=["Embargoed", "voice of the Tarn"])


def next_data(s: Story, d: date) -> Page:
    outlet = "Corrie Now"
    state = {
        "props": {
            "pageProps": {
                "article": {
                    "headline": s.title,
                    "publishedAt": f"{d.isoformat()}T06:00:00Z",
                    "body": [{"type": "p", "text": "Loading"}],
                },
                "recommended": [{"headline": "Pigeons get a bylaw", "publishedAt": "2024-05-05"}],
            }
        },
        "page": "/[slug]",
    }
    news = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": s.title,
        "datePublished": f"{d.isoformat()}T06:00:00Z",
        "author": f"By {s.author}",
        "publisher": {"@type": "Organization", "name": outlet},
    }
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>{s.title}</title>{ld(news)}</head><body><div id="__next"><div class="Layout_root__1fa2"><header class="Header_bar__9s"><a>{outlet}</a></header><main class="Article_main__x81"><h1 class="Article_headline__3k">{s.title}</h1><div class="Byline_root__aa1">{s.author}</div><div class="ShareBar_root__c1"><button>Share</button><button>Bookmark</button></div>
<div class="RichText_body__9z1">{paragraphs(s, attributes='class="RichText_p__1"', between={2: '<div class="NewsletterBox_root__u2"><h3>The Corrie Brief</h3><p>All the slate that is fit to split, each Monday.</p><label>Email address</label></div>'})}</div></main><div class="Recommended_root__m"><h2>You may also like</h2><article><h3>Pigeons get a bylaw</h3></article></div></div></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script></body></html>"""
    return made(
        "next.js",
        s,
        html,
        outlet=outlet,
        published=d,
        author=s.author.replace(" and ", ", "),
        furniture=["slate that is fit", "Pigeons", "You may also", "Bookmark", "Loading"],
    )


def br_soup(s: Story, d: date) -> Page:
    outlet = "Lorne Valley News"
    body = "<br /><br />\n".join(linked(" ".join(p)) for p in s.paragraphs)
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><title>{s.title} &laquo; {outlet}</title></head><body><div id="container"><div id="header"><h2>{outlet}</h2></div><div id="left"><a>Home</a><br /><a>Obituaries</a><br /><a>Sports</a></div>
<div id="middle"><div class="headline">{s.title}</div><div class="subinfo">by {s.author}<br />{d:%b} {d.day}, {d.year}</div><div class="storybody"><img src="x.jpg" align="right"><br />{body}<br /><br /></div><div class="rate">Rate this article: 1 2 3 4 5</div></div>
<div id="right">Local ads<br />Bob's tyres, now with coffee</div></div></body></html>"""
    return made(
        "line breaks",
        s,
        html,
        outlet=outlet,
        published=d,
        encoding="utf-8",
        furniture=["Obituaries", "Rate this", "Bob's tyres"],
    )


def spanish(s: Story, d: date, updated: date | None) -> Page:
    outlet = "El Diario de la Sierra"
    changed = f'<span class="a_md_u">Actualizado: {updated:%d/%m/%Y} 20:15h</span>' if updated else ""
    html = f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>{s.title} | {outlet}</title></head><body><div class="aviso-cookies">Utilizamos cookies propias y de terceros. <button>Aceptar</button></div><header><a>{outlet}</a></header><article><header><h1>{s.title}</h1><h2 class="a_st">La línea se cerró en 2010 por falta de viajeros</h2></header>
<div class="a_md"><div class="a_md_a">Por <a rel="author">{s.author}</a></div><span class="a_md_f">Publicado: {d:%d/%m/%Y} 07:30h</span> {changed}</div><ul class="compartir"><li>Compartir en Facebook</li><li>Copiar enlace</li></ul>
<div class="a_c">{paragraphs(s, between={2: '<div class="a_relacionada"><p>Te puede interesar</p><a>El puente viejo, monumento</a></div>'})}</div><ul class="a_tags"><li>Trenes</li></ul></article><div class="comentarios">Normas de participación</div><footer>Aviso legal</footer></body></html>"""
    return made(
        "spanish daily",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=updated,
        optional=["La línea se cerró en 2010 por falta de viajeros"],
        furniture=["Compartir", "Te puede interesar", "El puente viejo", "Aviso legal", "Normas", "cookies"],
    )


def blog_host(s: Story, d: date) -> Page:
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} | by {s.author} | Longread Harbour | {d:%b}, {d.year} | Inkpot</title>{metas("property", {"og:site_name": "Inkpot", "og:title": s.title, "article:published_time": f"{d.isoformat()}T20:32:18.000Z", "article:author": "https://inkpot.example/@pia"})}<meta name="author" content="{s.author}"></head><body><div id="root"><div class="a b c"><a>Open in app</a><a>Sign up</a><a>Write</a></div>
<article><div class="l"><section><div class="fn fo"><h1 class="pw-post-title">{s.title}</h1></div><div class="pw-byline"><a>{s.author}</a><span>·</span><a>Follow</a><p>Published in Longread Harbour</p><span>5 min read</span><span data-testid="storyPublishDate">{d:%b} {d.day}, {d.year}</span></div><div class="pw-multi"><p>--</p><p>12</p><button>Listen</button></div>
{paragraphs(s, attributes='class="pw-post-body-paragraph kx ky"')}</section></div></article><div class="author-card"><h2>Written by {s.author}</h2><p>312 Followers</p><p>Doctors, boats and orchards.</p></div><div>More from {s.author} and Longread Harbour</div><div class="resp">Responses (3) What are your thoughts?</div></div></body></html>"""
    return made(
        "blog host",
        s,
        html,
        outlet="Inkpot",
        published=d,
        furniture=["Open in app", "Follow", "min read", "312 Followers", "What are your thoughts", "More from"],
    )


def site_builder(s: Story, d: date) -> Page:
    outlet = "Sennet Lake Watch"
    html = f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{s.title} &mdash; {outlet}</title>{metas("property", {"og:site_name": outlet, "og:title": f"{s.title} — {outlet}", "og:type": "article"})}{metas("itemprop", {"name": f"{s.title} — {outlet}", "headline": s.title, "author": s.author, "datePublished": f"{d.isoformat()}T08:00:00-0500", "dateModified": f"{d.isoformat()}T08:00:00-0500"})}</head><body class="view-item"><div id="siteWrapper"><header id="header"><a id="site-title">{outlet}</a></header>
<main id="page"><article class="h-entry hentry"><div class="blog-item-wrapper"><div class="blog-item-top-wrapper"><div class="blog-item-title"><h1 class="entry-title p-name">{s.title}</h1></div><div class="blog-item-meta-wrapper"><time class="dt-published blog-meta-item--date" datetime="{d:%b} {d.day}">{d:%b} {d.day}</time><span class="blog-author-name">Written By {s.author}</span></div></div>
<div class="blog-item-content e-content"><div class="sqs-layout"><div class="sqs-block html-block"><div class="sqs-block-content">{paragraphs(s)}</div></div><div class="sqs-block newsletter-block"><p>Join our list and never miss a heron.</p></div></div></div></div></article><section class="item-pagination"><a><div class="item-pagination-prev-next">Previous</div><h2>Eleven kinds of duck</h2></a></section></main></div></body></html>"""
    return made(
        "site builder",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=d,
        furniture=["never miss a heron", "Eleven kinds", "Previous"],
    )


def corrected(s: Story, d: date, updated: date) -> Page:
    outlet = "Staunton Dispatch"
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{s.title} ▸ {outlet}</title><meta property="og:site_name" content="{outlet}"></head><body><header class="main"><a>{outlet}</a></header><main><article data-kind="story"><h1>{s.title}</h1><p class="names">{s.author}, {outlet}</p><p class="stamps">Published: {us(d)}, 5:02 p.m.<br>Updated: {us(updated)}, 9:15 a.m.</p>
<div class="prose">{paragraphs(s, between={2: '<p class="inline-signup">Start your day with the Dispatch: our morning email is free. <a>Sign up</a>.</p>', 3: "<p><em>[Related: How the dyke was never built]</em></p>"})}<p class="corr">Editor’s note: This story has been corrected to give the right number of villages.</p></div></article><div class="ask"><p>Did we get something wrong? Tell our standards desk.</p></div></main></body></html>"""
    return made(
        "two dates",
        s,
        html,
        outlet=outlet,
        published=d,
        updated=updated,
        optional=["Editor’s note: This story has been corrected to give the right number of villages."],
        furniture=["Start your day", "How the dyke", "standards desk", "Published:", "Updated:"],
    )


def all_pages() -> list[Page]:
    shift = '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'
    latin, turk = (
        '<meta charset="iso-8859-1">',
        '<meta http-equiv="content-type" content="text/html; charset=windows-1254">',
    )
    return [
        wordpress_blocks(LOCK, date(2022, 4, 30), None, yoast=True),
        wordpress_blocks(BRIDGE, date(2021, 11, 8), date(2021, 11, 10), yoast=True),
        wordpress_blocks(SALMON, date(2022, 12, 5), None, yoast=False),
        wordpress_classic(BUSES, date(2019, 5, 17), date(2019, 5, 20)),
        wordpress_classic(CHESS, date(2018, 2, 11), None),
        drupal_seven(Story(BEES.title, "Halvard Quist", BEES.paragraphs), date(2013, 5, 4)),
        drupal_ten(QUARRY, date(2023, 3, 29)),
        drupal_ten(CLINIC, date(2022, 6, 7)),
        ghost(LIBRARY, date(2022, 7, 14), date(2022, 7, 15)),
        newsletter_platform(RADIO, date(2023, 1, 9)),
        newsletter_platform(ORCHARD, date(2023, 9, 2)),
        amp(TRAM, date(2021, 10, 14), data=True),
        amp(PORT, date(2021, 6, 3), data=False),
        table_layout(FLOOD, date(2003, 3, 4)),
        table_layout(SCHOOL, date(2001, 9, 18)),
        local_paper(LOCK, date(2019, 3, 3), "ORLEY", False),
        local_paper(SUBSTATION, date(2020, 11, 9), "EDDERING", True),
        arc_fusion(Story(MERGER.title, "Sena Whitlock", MERGER.paragraphs), date(2022, 5, 3), meta=True),
        arc_fusion(TRAM, date(2023, 2, 17), meta=False),
        times_like(SUBSTATION, date(2023, 8, 21), date(2023, 8, 22)),
        times_like(QUARRY, date(2019, 4, 2), None),
        guardian_like(BEES, date(2021, 5, 20), date(2021, 5, 21), ["Halvard Quist", "Petra Lune"]),
        guardian_like(MUSEUM, date(2022, 1, 30), None, ["Felix Arden"]),
        broadcaster(GLACIER, date(2022, 9, 12), author=True),
        broadcaster(FLOOD, date(2024, 1, 22), author=False),
        cable_news(BRIDGE, date(2022, 5, 2), date(2022, 5, 3)),
        monde_like(GREVE, "16 novembre 2022", date(2022, 11, 16), date(2022, 11, 17), ", modifié le 17 novembre 2022 à 08h00", data=True),
        monde_like(MOULIN, "1er août 2021", date(2021, 8, 1), None, "", data=False),
        japanese_public(SAKURA, date(2022, 5, 3), encoding="shift_jis", declared=shift),
        japanese_public(RINGO, date(2021, 4, 28), encoding="utf-8", declared='<meta charset="utf-8">'),
        russian_agency(MOST, date(2021, 8, 24), "августа", header="text/html; charset=windows-1251", author=True, url=""),
        russian_agency(ZAVOD, date(2023, 5, 11), "мая", header="text/html", author=False, url="https://severinform.example/news/1142"),
        press_wire(MERGER, date(2021, 3, 4), "TOLLAND"),
        live_blog(FLOOD, date(2023, 12, 4), data=True),
        live_blog(TRAM, date(2020, 10, 1), data=False),
        paywall(VOTE, date(2022, 9, 25), shown=2),
        paywall(GLACIER, date(2023, 10, 2), shown=1),
        paginated(MUSEUM, date(2016, 2, 20), first=True),
        paginated(LIBRARY, date(2018, 11, 1), first=False),
        print_view(SCHOOL, date(2017, 3, 6)),
        podcast(RADIO, date(2022, 2, 14)),
        video(SALMON, date(2022, 11, 30)),
        opinion(COFFEE, date(2022, 8, 9), data=True),
        opinion(COFFEE, date(2021, 7, 27), data=False),
        turkish(SEL, date(2021, 7, 16), "16 Temmuz 2021", encoding="windows-1254", declared=turk, header=""),
        turkish(PAZAR, date(2020, 1, 9), "9 Ocak 2020", encoding="windows-1254", declared=latin, header="text/html; charset=iso-8859-9"),
        german(FAEHRE, date(2022, 3, 7), encoding="latin-1", declared="", header="", plain_date=False),
        german(TURM, date(2023, 6, 13), encoding="utf-8", declared=latin, header="text/html; charset=utf-8", plain_date=True),
        arabic(MINA, date(2022, 5, 3), "الثلاثاء 3 مايو 2022", stamped=True),
        arabic(MINA, date(2023, 10, 9), "٩ أكتوبر ٢٠٢٣", stamped=False),
        armenian(GYUGH, date(2022, 10, 4), url_only=True),
        parsely(PORT, date(2021, 6, 2), kind="parsely"),
        parsely(PORT, date(2020, 6, 10), kind="sailthru"),
        parsely(PORT, date(2015, 6, 24), kind="dublin core"),
        microdata(ORCHARD, date(2016, 10, 12), date(2016, 10, 14)),
        broken_json(CLINIC, date(2022, 6, 8), fault="comma"),
        broken_json(CHESS, date(2021, 8, 16), fault="newline"),
        broken_json(ORCHARD, date(2019, 10, 22), fault="cdata"),
        only_in_address(CHESS, date(2014, 8, 17), "https://islestoday.example/sport/2014/08/17/chess-title/"),
        only_in_address(RADIO, date(2012, 6, 24), "https://islestoday.example/20120624/radio-silent.html"),
        no_date(BREAD, relative=False),
        no_date(LIBRARY, relative=True),
        future_date(BRIDGE, None),
        future_date(SCHOOL, date(2022, 3, 1)),
        next_data(THEATRE, date(2022, 10, 28)),
        br_soup(VOTE, date(2008, 6, 1)),
        spanish(PUENTE, date(2022, 2, 4), date(2022, 2, 5)),
        blog_host(CLINIC, date(2022, 6, 19)),
        site_builder(VOTE, date(2020, 9, 27)),
        corrected(FLOOD, date(2021, 12, 6), date(2021, 12, 7)),
    ]  # fmt: skip

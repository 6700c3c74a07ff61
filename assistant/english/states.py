"""States by their names and peoples, and the capitals and houses named in their place: Ankara, the Kremlin."""

import re
from dataclasses import dataclass
from functools import cache

from index.text.analysis import words_of

# Names = people = what stands for the government; a name with a more usual sense, such as Victoria, is left out.
_TABLE = """
Afghanistan = Afghan = Kabul; Albania = Albanian = Tirana; Algeria = Algerian = Algiers; Angola = Angolan = Luanda
Argentina = Argentine, Argentinian = Buenos Aires; Armenia = Armenian = Yerevan; Australia = Australian = Canberra
Austria = Austrian = Vienna; Azerbaijan = Azerbaijani, Azeri = Baku; Bahrain = Bahraini = Manama
Bangladesh = Bangladeshi = Dhaka; Belarus = Belarusian = Minsk; Belgium = Belgian; Benin = Beninese = Porto-Novo
Bhutan = Bhutanese = Thimphu; Bolivia = Bolivian = La Paz; Bosnia = Bosnian = Sarajevo
Botswana = Botswanan = Gaborone; Brazil = Brazilian = Brasilia, Brasília; Bulgaria = Bulgarian = Sofia
Burkina Faso = Burkinabe = Ouagadougou
Britain, the UK, the United Kingdom = British = London, Downing Street, Whitehall; Burundi = Burundian = Gitega
Cambodia = Cambodian = Phnom Penh; Cameroon = Cameroonian = Yaounde, Yaoundé; Canada = Canadian = Ottawa
Chad = Chadian = N'Djamena; Chile = Chilean = Santiago; China = Chinese = Beijing
Colombia = Colombian = Bogota, Bogotá; Congo = Congolese = Kinshasa; Croatia = Croatian = Zagreb
Cuba = Cuban = Havana; Cyprus = Cypriot = Nicosia; the Czech Republic, Czechia = Czech = Prague
Denmark = Danish = Copenhagen; Djibouti = Djiboutian; the Dominican Republic = Dominican = Santo Domingo
Ecuador = Ecuadorian, Ecuadorean = Quito; Egypt = Egyptian = Cairo; England = English; Eritrea = Eritrean = Asmara
Estonia = Estonian = Tallinn; Ethiopia = Ethiopian = Addis Ababa; the EU, the European Union = EU = Brussels
Fiji = Fijian = Suva; Finland = Finnish = Helsinki; France = French = Paris, the Elysee, the Élysée
Gabon = Gabonese = Libreville; Georgia = Georgian = Tbilisi; Germany = German = Berlin; Ghana = Ghanaian = Accra
Greece = Greek = Athens; Guatemala = Guatemalan; Guinea = Guinean = Conakry; Haiti = Haitian = Port-au-Prince
Honduras = Honduran = Tegucigalpa; Hungary = Hungarian = Budapest; Iceland = Icelandic = Reykjavik, Reykjavík
India = Indian = New Delhi, Delhi; Indonesia = Indonesian = Jakarta; Iran = Iranian = Tehran; Iraq = Iraqi = Baghdad
Ireland = Irish = Dublin; Israel = Israeli = Jerusalem; Italy = Italian = Rome; Ivory Coast = Ivorian = Yamoussoukro
Jamaica = Jamaican = Kingston; Japan = Japanese = Tokyo; Jordan = Jordanian = Amman; Kazakhstan = Kazakh = Astana
Kenya = Kenyan = Nairobi; Kosovo = Kosovar, Kosovan = Pristina; Kuwait = Kuwaiti; Kyrgyzstan = Kyrgyz = Bishkek
Laos = Laotian, Lao = Vientiane; Latvia = Latvian = Riga; Lebanon = Lebanese = Beirut; Liberia = Liberian = Monrovia
Libya = Libyan = Tripoli; Lithuania = Lithuanian = Vilnius; Luxembourg = Luxembourgish
Madagascar = Malagasy = Antananarivo; Malawi = Malawian = Lilongwe; Malaysia = Malaysian = Kuala Lumpur
Mali = Malian = Bamako; Malta = Maltese = Valletta; Mauritania = Mauritanian = Nouakchott
Mexico = Mexican = Mexico City; Moldova = Moldovan = Chisinau, Chișinău; Mongolia = Mongolian = Ulaanbaatar
Montenegro = Montenegrin = Podgorica; Morocco = Moroccan = Rabat; Mozambique = Mozambican = Maputo
Myanmar = Burmese = Naypyidaw; Namibia = Namibian = Windhoek; Nepal = Nepali, Nepalese = Kathmandu
the Netherlands = Dutch = The Hague; Nicaragua = Nicaraguan = Managua; New Zealand = New Zealander = Wellington
Niger = Nigerien = Niamey; Nigeria = Nigerian = Abuja; North Korea = North Korean = Pyongyang
North Macedonia = North Macedonian, Macedonian = Skopje; Norway = Norwegian = Oslo; Oman = Omani = Muscat
Pakistan = Pakistani = Islamabad; Panama = Panamanian; Paraguay = Paraguayan = Asuncion, Asunción
Peru = Peruvian = Lima; the Philippines = Philippine, Filipino = Manila; Poland = Polish = Warsaw
Portugal = Portuguese = Lisbon; Qatar = Qatari = Doha; Romania = Romanian = Bucharest
Russia = Russian = Moscow, the Kremlin; Rwanda = Rwandan = Kigali; Saudi Arabia = Saudi, Saudi Arabian = Riyadh
Scotland = Scottish; Senegal = Senegalese = Dakar; Serbia = Serbian, Serb = Belgrade; Sierra Leone = Sierra Leonean
Singapore = Singaporean; Slovakia = Slovak, Slovakian = Bratislava; Slovenia = Slovenian, Slovene = Ljubljana
Somalia = Somali = Mogadishu; South Africa = South African = Pretoria; South Korea = South Korean = Seoul
South Sudan = South Sudanese = Juba; Spain = Spanish = Madrid; Sri Lanka = Sri Lankan = Colombo
Sudan = Sudanese = Khartoum; Sweden = Swedish = Stockholm; Switzerland = Swiss = Bern, Berne
Syria = Syrian = Damascus; Taiwan = Taiwanese = Taipei; Tajikistan = Tajik = Dushanbe; Tanzania = Tanzanian = Dodoma
Thailand = Thai = Bangkok; Togo = Togolese = Lomé; Tunisia = Tunisian = Tunis; Turkey, Türkiye = Turkish = Ankara
Turkmenistan = Turkmen = Ashgabat; Uganda = Ugandan = Kampala; Ukraine = Ukrainian = Kyiv, Kiev
Uruguay = Uruguayan = Montevideo; the US, the United States, America = American, U.S. = Washington, the White House
Uzbekistan = Uzbek = Tashkent; the United Arab Emirates, the UAE = Emirati = Abu Dhabi
Venezuela = Venezuelan = Caracas; Vietnam = Vietnamese = Hanoi; Wales = Welsh; Yemen = Yemeni = Sanaa
Zambia = Zambian = Lusaka; Zimbabwe = Zimbabwean = Harare
"""
# Who speaks for a state, beside its name.
_SPEAKS = re.compile(
    r"\b(?:government|administration|cabinet|ministr(?:y|ies)|ministers?|president|premier|chancellor|king|queen|emir"
    r"|officials?|authorities|spokes\w+|secretary|department|treasury|ambassadors?|embassy|envoys?|diplomats?"
    r"|consul\w*|delegation|mission|negotiators?|parliament|congress|senate|leaders?|leadership|military|army|navy"
    r"|forces?|governor|lawmakers?|police|prosecutors?|coast ?guard|state media)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class State:
    """A state by its `names`, its `people`, and by its `seats`, the capital or house that stands for its government."""

    names: tuple[str, ...]
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()

    def is_own(self, name: str) -> bool:
        """Whether it is the state's own name, and no seat, which may be just a city."""
        return _key(name) in map(_key, self.names)

    def speaks(self, speaker: str) -> bool:
        """Whether a speaker is the state, its seat, or who speaks for it: the Turkish foreign ministry."""
        if state := state_of(speaker):
            return state == self
        return state_in(speaker) == self and bool(_SPEAKS.search(speaker))


def state_of(name: str) -> State | None:
    """The state that a name alone stands for: Ankara, Turkey, the Kremlin; None for any other name."""
    return _by_key().get(_key(name))


def state_in(words: str) -> State | None:
    """The first state, or people, that words name."""
    named = _mentions().search(words)
    return _by_mention()[named[0]] if named else None


@cache
def seats_by_name() -> dict[str, tuple[str, ...]]:
    """The seats of each state that has any, by the state's names."""
    return {name.removeprefix("the "): one.seats for one in _states() for name in one.names if one.seats}


def stems_of(name: str) -> frozenset[str]:
    """The stems of a name, a people's being its country's."""
    return frozenset(_countries().get(stem, stem) for stem in words_of(name))


def _key(name: str) -> str:
    return _POSSESSIVE.sub("", name.strip()).casefold().removeprefix("the ").replace(".", "")


@cache
def _states() -> tuple[State, ...]:
    entries = (entry.split(" = ") for entry in re.split(r"; |\n", _TABLE.strip()))
    return tuple(State(*(tuple(part.split(", ")) for part in entry)) for entry in entries)


@cache
def _by_key() -> dict[str, State]:
    return {_key(name): state for state in _states() for name in (*state.names, *state.seats)}


@cache
def _by_mention() -> dict[str, State]:
    return {name.removeprefix("the "): state for state in _states() for name in (*state.names, *state.people)}


@cache
def _mentions() -> re.Pattern[str]:
    """The first name of a state or people, the longest there; not where an envoy is sent: the ambassador to Greece."""
    names = sorted(map(re.escape, _by_mention()), key=len, reverse=True)
    return re.compile(rf"(?<!\bto )(?<!\bto the )(?<!\w)(?:{'|'.join(names)})(?!\w)")


@cache
def _countries() -> dict[str, str]:
    """The stem of each people of one word, with its country's."""
    words = [(words_of(people), words_of(state.names[0])) for state in _states() for people in state.people]
    return {one[0]: country[0] for one, country in words if len(one) == len(country) == 1}

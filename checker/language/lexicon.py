"""Closed lists of English words that tell what a capital letter means: titles, institutions, places, the calendar."""

from __future__ import annotations

WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)
MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec""".split()
)
CALENDAR = (
    WEEKDAYS
    | MONTHS
    | frozenset("spring summer autumn fall winter christmas easter ramadan am pm gmt utc est pst cet bst".split())
)

TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady president president-elect vice-president chairman
    chairwoman chairperson chair chancellor premier prime minister secretary undersecretary senator sen representative
    rep congressman congresswoman governor gov mayor deputy councillor councilor councilman councilwoman alderman
    judge justice king queen prince princess pope bishop archbishop cardinal father rev reverend rabbi imam sheikh
    general gen colonel col lt lieutenant captain capt major maj sergeant sgt admiral adm commander cmdr officer
    constable inspector superintendent chief sheriff director ceo cfo manager coach ambassador envoy spokesman
    spokeswoman spokesperson commissioner attorney solicitor leader dictator adviser advisor analyst researcher
    engineer editor candidate treasurer clerk auditor principal headteacher dean provost surveyor architect
    comptroller vice former acting interim foreign national security defence defense senior hon mp nurse detective
    trustee founder activist author actor journalist economist historian scientist surgeon doctor lawyer captain
    author resident driver owner farmer teacher pastor monsignor sister brother baroness baron duke duchess
    earl count cllr cr crs""".split()
)

ORGANISATION_WORDS = frozenset(
    """department ministry council university institute bank inc ltd corp corporation company agency commission
    committee party times post news press corps association union court police school college hospital museum club
    authority board office service services group trust foundation center centre nations congress parliament senate
    army navy force forces guard bureau society federation league organisation organization society media network
    radio television guardian journal tribune herald gazette observer chronicle motors airlines airways railways rail
    holdings partners energy water works industries systems technologies labs laboratory academy alliance coalition
    assembly cabinet treasury administration directorate secretariat fund church fc united city-council llc plc
    gmbh ag sa co bros inspectorate watchdog pentagon kremlin reuters cnn bbc npr""".split()
)

PLACE_WORDS = frozenset(
    """street road avenue lane drive boulevard highway river bridge lake mount mountain mountains hill hills bay
    island islands city county park harbour harbor zone peninsula base airport station square valley village town
    township province district region republic kingdom states ocean sea gulf strait coast beach forest desert canal
    dam port pier quay wharf dock docks plaza terrace crescent creek falls point cape canyon territory borough parish
    ward field fields stadium arena hall tower palace castle cathedral ri dong""".split()
)

JOINING_NOUNS = frozenset(
    """department ministry university institute bank office board bureau court college school church house council
    chamber federation republic kingdom states union association society academy museum city county state district
    gulf sea bay isle isles cape strait port bill ministry secretary league organisation organization commission
    committee center centre bishop duke prince bridge tower battle treaty order port statue""".split()
)

PARTICLES = frozenset(
    "de van der den von al bin bint ibn la le du da dos das di del della el ter ten zu y e abu ap st".split()
)

DEMONYMS = frozenset(
    """american british english scottish welsh irish french german italian spanish portuguese dutch belgian swiss
    austrian polish czech slovak hungarian romanian bulgarian greek turkish russian ukrainian belarusian finnish
    swedish norwegian danish icelandic estonian latvian lithuanian serbian croatian bosnian albanian chinese japanese
    korean indian pakistani bangladeshi afghan iranian iraqi syrian lebanese israeli palestinian jordanian saudi
    yemeni egyptian libyan tunisian algerian moroccan sudanese ethiopian kenyan nigerian ghanaian african asian
    european arab jewish muslim islamic christian catholic protestant buddhist hindu canadian mexican brazilian
    argentine chilean colombian venezuelan cuban australian vietnamese thai indonesian filipino malaysian western
    eastern northern southern soviet latin democrat democrats republican republicans democratic americans russians
    koreans europeans asians africans germans italians canadians australians mexicans ukrainians israelis
    palestinians indians iranians""".split()
)

OPENERS = frozenset(
    """shares drivers inspectors visits turnout exports imports sales profits unemployment inflation revenue turnover
    councillors planners doctors nurses patients pupils passengers customers farmers workers surveyors walkers
    engineers firefighters rents fares repairs runners uptake according additionally afterwards although amid
    among another anyone around asked because besides both breaking but by can compared construction consider
    critics crews currently despite does earlier eight eighty eleven elsewhere even eventually everyone
    everything exactly experts family families few fewer fifteen fifty finally five following footage for forty
    four fourteen furthermore generally given government hardly hence here high hopefully how however hundreds
    if images immediately in including indeed initially instead investigators it its just keep large last later
    latest like local low many maybe meanwhile members millions more moreover most much nearly neither never
    nevertheless new next nine nineteen ninety nobody none nonetheless nor not nothing now officials often once
    one only opponents other others otherwise our overall parents part people perhaps plans please police
    previous previously prices protesters public recent recently records regarding reporters reports
    representatives researchers residents respondents rising satellite scientists second several seven seventeen
    seventy similarly since six sixteen sixty small so some somebody someone sometimes soon sources staff still
    students subsequently such suddenly supporters sure taxpayers teachers ten thanks that their then there
    therefore these they third thirteen thirty this those though thousands three thus today together tomorrow
    tonight total traffic twelve twenty two under unfortunately unless until update usually voters wait watch we
    weather were what whatever when whenever where whether which while who why witnesses women men children work
    yes yesterday yet you young read see click share follow subscribe photo image video caption listen download
    contact note first half nearby opening closing average annual all almost already also always any anybody
    anything no every each either""".split()
)


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split()) for row in text.split(","))


ESTABLISHED_FORMS = _rows(
    """
    kyiv kiev, kharkiv kharkov, odesa odessa, lviv lvov, beijing peking, mumbai bombay, kolkata calcutta,
    chennai madras, myanmar burma, turkiye turkey, czechia czechrepublic, eswatini swaziland, ivorycoast
    cotedivoire, gaddafi qaddafi kadafi gadhafi qadhafi, mohammed muhammad mohammad mohamed muhammed, quran
    koran, hezbollah hizbollah hizbullah, alqaeda alqaida, osama usama, yangon rangoon, timorleste easttimor,
    zelensky zelenskyy zelenskiy, yevgeny evgeny yevgeni, aleksandr alexander, pyongyang pyeongyang, capeverde
    caboverde, guangzhou canton, hussein husayn hussain, chernobyl chornobyl, holland netherlands, britain
    greatbritain, america unitedstates usa us unitedstatesofamerica, uk unitedkingdom, un unitednations, eu
    europeanunion, pusan busan, taegu daegu, kwangju gwangju, inchon incheon, kaesong gaeseong, cheju jeju,
    taejon daejeon, hwanghae hwanghaedo, nanking nanjing, tientsin tianjin, chungking chongqing, sian xian,
    tsingtao qingdao, soochow suzhou, hangchow hangzhou, dnipro dnipropetrovsk dnepr dnieper, mykolaiv nikolaev
    mykolayiv, zaporizhzhia zaporozhye zaporizhia, luhansk lugansk, donbas donbass, chernihiv chernigov, falluja
    fallujah, raqqa raqqah, sanaa sana, idlib idleb, mecca makkah, medina madinah, jeddah jiddah jedda, riyadh
    riyad, hodeidah hodeida hudaydah, bengaluru bangalore, mysuru mysore, pune poona, varanasi benares, odisha
    orissa, kochi cochin, marseille marseilles, lyon lyons, basel basle, antwerp antwerpen anvers, ghent gent,
    bruges brugge, cologne koln, munich munchen, gothenburg goteborg, hochiminhcity saigon, derry londonderry,
    khrushchev khruschev krushchev, assad asad, abdullah abdallah abdulla, ahmed ahmad, hassan hasan, omar umar,
    yusuf youssef yousef yousuf, ibrahim ebrahim, khalid khaled, mustafa mostafa, saeed said sayed, sergei
    sergey, andrei andrey, dmitry dmitri dimitri, aleksei alexei alexey, yuri yury, nikolai nikolay, vasily
    vasili vassily, mikhail michail, tchaikovsky chaikovsky, rohingya rohinga, uighur uyghur uygur, taliban
    taleban, isis isil daesh, sheikh sheik shaikh, ayatollah ayatullah, shiite shia
    """
)
"""Names with more than one form in use; words of one name are run together."""

NEAR_NAMES = frozenset(
    """austria australia slovakia slovenia niger nigeria gambia zambia mauritius mauritania guinea guyana iran iraq
    dominica india indiana kansas arkansas virginia carolina montana georgia houston boston kent ghent bern berlin
    dublin lublin malta malaga brest bremen""".split()
)
"""Names of different places that are a letter or two apart: neither is a slip of the other."""

FAMILY_FIRST = frozenset(
    """kim lee yi rhee park pak moon choe choi ri ro roh yoon yun jang hwang xi mao deng hu jiang li zhang wang liu chen
    yang zhao wu zhou xu sun ma zhu nguyen tran pham le vo abe ito sato suzuki orban""".split()
)
"""Family names that often stand first."""

KOREAN_ENDINGS = frozenset("ri ni li dong tong gun si gu do up eup myeon myon dan".split())
"""What Korean place names end in, after a hyphen: village, ward, county, town."""

SHORT_FORMS = _rows(
    """benjamin ben, thomas tom tommy, robert rob bob bobby, william will bill billy, richard rick dick,
    james jim jimmy,
    john jack johnny, joseph joe joey, michael mike mick, david dave, daniel dan danny, samuel sam, matthew matt,
    anthony tony, andrew andy drew, christopher chris, nicholas nick, stephen steven steve, edward ed eddie ted,
    charles charlie chuck, gregory greg, jeffrey jeff geoffrey, kenneth ken, timothy tim, peter pete, donald don,
    ronald ron, lawrence larry, gerald jerry gerry, philip phil, patrick pat paddy, alexander alex sandy,
    frederick fred, elizabeth liz beth betty lizzie, katherine catherine kate kathy cathy katie,
    margaret maggie meg peggy, susan sue susie, jennifer jen jenny, patricia pat patty trish, deborah debbie deb,
    barbara barb, rebecca becky, victoria vicky tori, jessica jess, pamela pam, theresa teresa terry, joanna jo,
    christine chris chrissy, abigail abby, amanda mandy"""
)
"""Given names and their short forms."""

DEMONYM_OF = dict(
    row
    for row in _rows(
        """french france, dutch netherlands, british britain, spanish spain, german germany, chinese china,
        greek greece,
    swiss switzerland, polish poland, turkish turkey, danish denmark, welsh wales, irish ireland, scottish scotland,
    english england, swedish sweden, finnish finland, norwegian norway, portuguese portugal, japanese japan,
    american america, italian italy, hungarian hungary, ukrainian ukraine, egyptian egypt, belgian belgium,
    brazilian brazil, canadian canada, mexican mexico, israeli israel, thai thailand, vietnamese vietnam,
    lebanese lebanon, icelandic iceland, filipino philippines, czech czechia, croatian croatia, serbian serbia,
    chilean chile, afghan afghanistan, ghanaian ghana, argentine argentina,
        argentinian argentina, saudi saudiarabia, bangladeshi bangladesh, pakistani pakistan, yemeni yemen,
        iranian iran, iraqi iraq, syrian syria, jordanian jordan, european europe, sudanese sudan"""
    )
    if len(row) == 2
)
"""Countries by the adjective made of them, where the adjective is not the name with an "n"."""

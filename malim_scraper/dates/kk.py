"""Kazakh words of dates, in Cyrillic, Latin (2018, 2021, older transliterations) and Arabic script."""

MONTHS = (
    "қаңтар qan'tar qańtar qañtar qaŋtar kantar qangtar قاڭتار",
    "ақпан aqpan akpan اقپان",
    "наурыз nay'ryz naýryz nauryz nawrız naurız ناۋرىز",
    "сәуір sa'y'ir sáýir säuır sáuir säwir sauir sawir sәuir ساۋىر ءساۋىر",
    "мамыр mamyr mamır مامىر",
    "маусым may'sym maýsym mausym mawsım mausim ماۋسىم",
    "шілде shilde şılde şilde شىلدە",
    "тамыз tamyz tamız تامىز",
    "қыркүйек qyrku'i'ek qyrkúıek qyrküiek qırküyek qyrkuyek kyrkuyek kyrkuiek qyrkúiek قىركۇيەك",
    "қазан qazan kazan قازان",
    "қараша qarasha qaraşa karasha قاراشا",
    "желтоқсан jeltoqsan zheltoqsan jeltoksan zheltoksan جەلتوقسان",
)
SHORT_MONTHS = ("қаң", "ақп", "нау", "сәу", "мам", "мау", "шіл", "там", "қыр", "қаз", "қар", "жел")
MONTH_ENDINGS = (
    "да де та те дан ден тан тен дың дің ның нің тың тің ға ге қа ке ды ді ты ті ны ні дағы дегі тағы тегі ы і"
    " da de ta te dan den tan ten dyń diń dyñ dıñ nyń niń nyñ nıñ tyń tiń tyñ tıñ ga ge ǵa ğa qa ke daǵy degi dağy degı"
    " دا دە تا تە دان دەن تان تەن دىڭ نىڭ تىڭ عا گە قا كە داعى دەگى تاعى تەگى"
)
DAY_ENDINGS = "ші шы і ы інші ыншы нші ншы shi shy i y inshi ynshy şı şy ءشى شى"
WEEKDAYS = (
    "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі дс сс ср бс жм сб жс"
    " dúısenbi seısenbi sársenbi beısenbi juma senbi jeksenbi düisenbı seisenbı särsenbı beisenbı jūma senbı jeksenbı"
    " dúisenbi seisenbi beisenbi zhuma zheksenbi دۇيسەنبى سەيسەنبى سارسەنبى بەيسەنبى جۇما سەنبى جەكسەنبى"
)
YEAR_WORDS = (
    "жылғы жылы жылдың жыл ж jylǵy jylğy jylgy jyly jyldyń jyldyñ jyl j zhylgy zhyly zhyl جىلعى جىلى جىلدىڭ جىل ج"
)
CLOCK_WORDS = "сағат уақыты saghat sagat saǵat sağat ساعات"
DAYS_AGO = {
    "бүгін bugin búgin bügın bügin بۇگىن": 0,
    "кеше keshe keşe كەشە": 1,
    "алдыңгүні": 2,
}
NOW = ("жаңа ғана", "жаңағана", "дәл қазір", "jańa ǵana", "jaña ğana", "jana gana", "جاڭا عانا")
UNITS = {
    "second": "секунд sekýnd sekund سەكۋند",
    "minute": "минут мин minýt minut min مينۋت",
    "hour": "сағат сағ saǵat sağat saghat sagat ساعات",
    "day": "күн kún kün kun كۇن",
    "week": "апта apta اپتا",
    "month": "ай aı ai ay اي",
    "year": "жыл jyl zhyl جىل",
}
AGO = "бұрын buryn burın būryn بۇرىن"
ONE = "бір bir bır ءبىر بىر"

"""Month names and other words of dates in further languages of news; a name has one month in all of them."""

MONTHS = (
    (
        "januar januari janvier enero gennaio janeiro stycznia styczeń leden ledna ledne januára január"
        " ianuarie jaanuar tammikuuta tammikuu tammikuun yanvar ocak січня студзеня ιανουαρίου ιανουάριος"
        " يناير जनवरी জানুয়ারি януари јануар siječnja janar sausio gener urtarrila januarja janvāris janvārī"
        " қантар январ гыйнвар jänner ינואר בינואר იანვარი հունվարի มกราคม ýanwar جانفي"
    ),
    (
        "februar februari février fevrier febrero febbraio fevereiro lutego luty února únor februára február"
        " februarie veebruar helmikuuta helmikuu helmikuun fevral şubat subat лютого лютага φεβρουαρίου"
        " φεβρουάριος فبراير फ़रवरी फरवरी ফেব্রুয়ারি февруари фебруар veljače vasario februarja februāris"
        " februārī феврал feber פברואר בפברואר თებერვალი փետրվարի กุมภาพันธ์ fewral شباط فيفري"
    ),
    (
        "märz maerz maart mars marzo março marco marca marzec března březen marec március martie märts"
        " maaliskuuta maaliskuu maaliskuun mart березня сакавіка μαρτίου μάρτιος مارس मार्च মার্চ март ožujka"
        " kovo març marts martā maret מרץ במרץ მარტი մարտի มีนาคม آذار اذار"
    ),
    (
        "avril abril aprile kwietnia kwiecień dubna duben apríla április aprilie aprill huhtikuuta huhtikuu"
        " huhtikuun aprel nisan квітня красавіка απριλίου απρίλιος أبريل ابريل अप्रैल এপ্রিল април travnja"
        " balandžio aprila aprīlis aprīlī aprilis אפריל באפריל აპრილი ապրիլի เมษายน نيسان أفريل افريل"
    ),
    (
        "mai mei mayo maggio maio maja maj května květen mája május toukokuuta toukokuu toukokuun травня"
        " траўня μαΐου μάιος μαϊου مايو मई মে मे svibnja gegužės maig maijs maijā mayıs mayis мај מאי במאי"
        " მაისი մայիսի พฤษภาคม maý أيار ايار"
    ),
    (
        "juni juin junio giugno junho czerwca czerwiec června červen júna június iunie juuni kesäkuuta"
        " kesäkuu kesäkuun iyun haziran червня чэрвеня ιουνίου ιούνιος يونيو जून জুন юни јун lipnja birželio"
        " juny jūnijs jūnijā junija יוני ביוני ივნისი հունիսի มิถุนายน iýun حزيران جوان"
    ),
    (
        "juli juillet julio luglio julho lipca lipiec července červenec júla július iulie juuli heinäkuuta"
        " heinäkuu heinäkuun iyul temmuz липня ліпеня ιουλίου ιούλιος يوليو जुलाई জুলাই юли јул srpnja liepos"
        " juliol jūlijs jūlijā julija יולי ביולי ივლისი հուլիսի กรกฎาคม iýul تموز جويلية"
    ),
    (
        "août aout agosto augustus augusti sierpnia sierpień srpna srpen augusta augusztus elokuuta elokuu"
        " elokuun avgust ağustos agustos серпня жніўня αυγούστου αύγουστος أغسطس اغسطس अगस्त আগস্ট август"
        " kolovoza rugpjūčio agost avgusta augusts augustā אוגוסט באוגוסט აგვისტო օգոստոսի สิงหาคม awgust avqust آب أوت"
    ),
    (
        "septembre septiembre setiembre settembre setembro września wrzesień září septembra szeptember"
        " septembrie syyskuuta syyskuu syyskuun sentyabr eylül eylul вересня верасня σεπτεμβρίου σεπτέμβριος"
        " سبتمبر सितंबर सितम्बर সেপ্টেম্বর септември септембар rujna rugsėjo setembre septembris septembrī"
        " сентябр ספטמבר בספטמבר სექტემბერი սեպտեմբերի กันยายน sentýabr أيلول ايلول"
    ),
    (
        "oktober octobre octubre ottobre outubro października październik října říjen októbra október"
        " octombrie oktoober lokakuuta lokakuu lokakuun oktyabr ekim жовтня кастрычніка οκτωβρίου οκτώβριος"
        " أكتوبر اكتوبر अक्टूबर অক্টোবর октомври октобар spalio oktobra oktobris oktobrī октябр אוקטובר"
        " באוקטובר ოქტომბერი հոկտեմբերի ตุลาคม oktýabr"
    ),
    (
        "novembre noviembre novembro listopadu novembra noiembrie marraskuuta marraskuu marraskuun noyabr"
        " kasım kasim листопада лістапада νοεμβρίου νοέμβριος نوفمبر नवंबर नवम्बर নভেম্বর ноември новембар"
        " studenoga studenog lapkričio novembris novembrī ноябр נובמבר בנובמבר ნოემბერი նոյեմբերի พฤศจิกายน noýabr"
    ),
    (
        "dezember décembre diciembre dicembre dezembro grudnia grudzień prosince prosinec decembra decembrie"
        " detsember joulukuuta joulukuu joulukuun dekabr aralık aralik грудня снежня δεκεμβρίου δεκέμβριος"
        " ديسمبر दिसंबर दिसम्बर ডিসেম্বর декември децембар prosinca gruodžio desembre decembris decembrī"
        " desember декабр דצמבר בדצמבר დეკემბერი դեկտեմբերի ธันวาคม"
    ),
)
SHORT_MONTHS = (
    "janv ene gen sty led oca січ ιαν",
    "févr fév febr fev lut úno şub лют φεβ",
    "mrz mär maa bře берез μαρ",
    "avr abr kwi dub nis квіт απρ",
    "mag maj kvě траў трав μαι",
    "giu czer cze черв ιουν",
    "juil lug lip tem лип ιουλ",
    "aoû ago sie ağu серп αυγ",
    "sett set wrz zář eyl верес σεπ",
    "ott out okt paź říj eki жовт οκτ",
    "lis kas лист νοε",
    "dez déc dic gru pro ara груд δεκ",
)
MONTH_ENDINGS = ""
DAY_ENDINGS = "er º ª e a de"
WEEKDAYS = (
    "montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so lundi mardi"
    " mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì"
    " segunda terça quarta quinta sexta feira"
    " martedì mercoledì giovedì venerdì sabato domenica poniedziałek wtorek środa czwartek piątek sobota"
    " niedziela pazartesi salı çarşamba perşembe cuma cumartesi pazar понеділок вівторок середа четвер"
    " пʼятниця субота неділя maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
YEAR_WORDS = "yil yili йил йили il ili ýyl року de del оны гады"
CLOCK_WORDS = "um à às as alle kl klo om ore ora godz saat о uhr h di las"
DAYS_AGO = {
    "heute oggi hoy hoje dzisiaj dziś bugün сьогодні сёння бүгүн bugun": 0,
    "gestern hier ieri ayer ontem wczoraj dün вчора учора кечээ kecha": 1,
}
NOW = ("gerade eben", "щойно")
UNITS = {
    "second": "секунди секунду sekunden sekunde secondes seconde segundos segundo secondi saniye",
    "minute": (
        "хвилин хвилини хвилину minuten minute minutes minutos minuto minuti dakika dəqiqə daqiqa мүнөт minut minuty"
    ),
    "hour": (
        "години годин годину stunden stunde heures heure horas hora ore ora saat soat саат godzin godziny godzinę"
    ),
    "day": "дні днів tagen tag jours jour días día dias dia giorni giorno gün kun күн dni dzień",
    "week": (
        "тижні тиждень wochen woche semaines semaine semanas semana settimane settimana hafta həftə tygodni tydzień"
    ),
    "month": "місяці місяць monaten monat mois meses mes mesi mese ay oy miesiące miesięcy",
    "year": "роки рік років jahren jahr ans an años año anos ano anni anno yıl il yil lata lat",
}
AGO = "тому önce əvvəl oldin мурун temu fa"
AGO_BEFORE = ("vor", "il y a", "hace", "há")
ONE = "einer einem eine une un una uma um bir"

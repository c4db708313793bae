import pytest

from malim_scraper.language import find_language

# Texts invented for the tests; each a short piece of news.
TEXTS = {
    "kk": [
        "Облыс орталығында жаңа мектеп ашылды. Оқу ғимараты мың оқушыға арналған, деп хабарлады әкімдіктің баспасөз қызметі.",
        "Ауыл шаруашылығы министрі биыл егін жинау науқаны ерте басталғанын айтты. Диқандар күн сайын алқапқа шығып жүр.",
        "Қалада екі күн бойы қар жауады. Синоптиктер жүргізушілерге жолға шығар алдында ауа райын тексеруге кеңес берді.",
    ],
    "kk-Latn": [
        "Oblys ortalyǵynda jańa mektep ashyldy. Oqý ǵımaraty myń oqýshyǵa arnalǵan, dep habarlady ákimdiktiń baspasóz qyzmeti.",
        "Qalada eki kün boiy qar jauady. Sinoptikter jürgızuşılerge jolğa şyğar aldynda aua raiyn tekseruge keñes berdı.",
        "Auyl sharuashylygy ministri biyl egin zhinau nauqany erte bastalganyn aitty. Diqandar kun saiyn alqapqa shygyp zhur, dep zhazdy ol.",
    ],
    "kk-Arab": [
        "وبلىس ورتالىعىندا جاڭا مەكتەپ اشىلدى. وقۋ عيماراتى مىڭ وقۋشىعا ارنالعان، دەپ حابارلادى اكىمدىكتىڭ ءباسپاسوز قىزمەتى.",
        "قالادا ەكى كۇن بويى قار جاۋادى. سينوپتيكتەر جۇرگىزۋشىلەرگە جولعا شىعار الدىندا اۋا رايىن تەكسەرۋگە كەڭەس بەردى.",
        "اۋىل شارۋاشىلىعى ءمينيسترى بيىل ەگىن جيناۋ ناۋقانى ەرتە باستالعانىن ايتتى.",
    ],
    "ru": [
        "В областном центре открыли новую школу. Здание рассчитано на тысячу учеников, сообщила пресс-служба акимата.",
        "Министр сельского хозяйства заявил, что уборка урожая началась раньше, чем в прошлом году, из-за жаркого лета.",
        "Снег будет идти два дня. Синоптики советуют водителям проверить прогноз погоды перед поездкой за город.",
    ],
    "ky": [
        "Облустун борборунда жаңы мектеп ачылды. Окуу имараты миң окуучуга ылайыкталган, деп билдирди басма сөз кызматы.",
        "Айыл чарба министри быйыл түшүм жыйноо эрте башталганын айтты. Дыйкандар күн сайын талаага чыгып жатышат.",
        "Шаарда эки күн бою кар жаайт. Синоптиктер айдоочуларга жолго чыгаардан мурун аба ырайын текшерүүнү кеңеш кылышты.",
    ],
    "uk": [
        "В обласному центрі відкрили нову школу. Будівля розрахована на тисячу учнів, повідомила прес-служба міської ради.",
        "Міністр сільського господарства заявив, що збирання врожаю цього року почалося раніше через спекотне літо.",
        "Сніг ітиме два дні. Синоптики радять водіям перевірити прогноз погоди перед поїздкою за місто.",
    ],
    "uz": [
        "Viloyat markazida yangi maktab ochildi. Bino ming oʻquvchiga moʻljallangan, deb xabar berdi hokimlik matbuot xizmati.",
        "Qishloq xo'jaligi vaziri bu yil hosil yig'imi erta boshlanganini aytdi. Dehqonlar har kuni dalaga chiqmoqda.",
        "Shaharda ikki kun qor yog‘adi. Sinoptiklar haydovchilarga yo‘lga chiqishdan oldin ob-havoni tekshirishni maslahat berdi.",
    ],
    "uz-Cyrl": [
        "Вилоят марказида янги мактаб очилди. Бино минг ўқувчига мўлжалланган, деб хабар берди ҳокимлик матбуот хизмати.",
    ],
    "tt": [
        "Өлкә үзәгендә яңа мәктәп ачылды. Бина мең укучыга исәпләнгән, дип хәбәр итте матбугат хезмәте.",
        "Авыл хуҗалыгы министры быел уңыш җыю иртә башланганын әйтте. Игенчеләр көн саен кырга чыга.",
        "Шәһәрдә ике көн кар явачак. Синоптиклар йөртүчеләргә юлга чыгар алдыннан һава торышын тикшерергә киңәш итә.",
    ],
    "mn": [
        "Аймгийн төвд шинэ сургууль нээгдлээ. Барилга мянган сурагчид зориулагдсан гэж хэвлэлийн алба мэдэгдэв.",
        "Хөдөө аж ахуйн сайд энэ жил ургац хураалт эрт эхэлсэн гэж хэллээ. Тариаланчид өдөр бүр талбайд ажиллаж байна.",
        "Хотод хоёр өдөр цас орно. Цаг уурчид жолооч нарт замд гарахын өмнө цаг агаараа шалгахыг зөвлөж байна.",
    ],
    "en": [
        "A new school has opened in the regional capital. The building was designed for a thousand pupils, the council said.",
        "The agriculture minister said that the harvest had started earlier than last year because of the hot summer.",
        "Snow is expected to fall for two days, and drivers are told to check the forecast before they leave the city.",
    ],
    "be": ["У абласным цэнтры адкрылі новую школу. Будынак разлічаны на тысячу вучняў, паведаміла прэс-служба."],
    "bg": ["В областния център беше открито ново училище. Сградата е за хиляда ученици, съобщиха от общината."],
    "sr": ["У центру округа отворена је нова школа. Зграда је предвиђена за хиљаду ђака, саопштила је општина."],
    "mk": ["Во центарот на областа беше отворено ново училиште. Зградата е за илјада ученици, соопшти општината."],
    "tg": ["Дар маркази вилоят мактаби нав кушода шуд. Бино барои ҳазор хонанда пешбинӣ шудааст, хабар дод ҳокимият."],
    "ba": ["Өлкә үҙәгендә яңы мәктәп асылды. Бина мең уҡыусыға иҫәпләнгән, тип хәбәр итте матбуғат хеҙмәте."],
    "tr": ["İl merkezinde yeni bir okul açıldı. Belediyeden yapılan açıklamaya göre bina bin öğrenci için tasarlandı."],
    "az": ["Vilayətin mərkəzində yeni məktəb açıldı. Bina min şagird üçün nəzərdə tutulub, deyə mətbuat xidməti bildirib."],
    "de": ["In der Hauptstadt der Region ist eine neue Schule eröffnet worden. Das Gebäude bietet Platz für tausend Kinder."],
    "fr": ["Une nouvelle école a ouvert dans le chef-lieu de la région. Le bâtiment est prévu pour mille élèves."],
    "es": ["Una nueva escuela abrió en la capital de la región. El edificio fue diseñado para mil alumnos, dijo el ayuntamiento."],
    "it": ["Una nuova scuola è stata aperta nel capoluogo della regione. L'edificio è previsto per mille alunni."],
    "pt": ["Uma nova escola foi aberta na capital da região. O edifício não é grande, mas recebe mil alunos, disse a prefeitura."],
    "nl": ["In de hoofdstad van de regio is een nieuwe school geopend. Het gebouw biedt plaats aan duizend leerlingen."],
    "pl": ["W stolicy regionu otwarto nową szkołę. Budynek jest przeznaczony dla tysiąca uczniów, podał urząd miasta."],
    "cs": ["V krajském městě byla otevřena nová škola. Budova je určena pro tisíc žáků, uvedla mluvčí úřadu."],
    "sk": ["V krajskom meste otvorili novú školu. Budova je určená pre tisíc žiakov, uviedla hovorkyňa úradu."],
    "sv": ["En ny skola har öppnats i länets huvudort. Byggnaden är till för tusen elever, säger kommunen."],
    "da": ["En ny skole er blevet åbnet i regionens hovedby. Bygningen er til tusind elever, siger kommunen, der har betalt af egen lomme."],
    "no": ["En ny skole er blitt åpnet i fylkets hovedstad. Bygningen er laget for tusen elever, sier kommunen etter møtet."],
    "fi": ["Maakunnan pääkaupungissa on avattu uusi koulu. Rakennus on tarkoitettu tuhannelle oppilaalle, kaupunki kertoi."],
    "hu": ["Új iskola nyílt a megyeszékhelyen. Az épület ezer tanuló számára készült, és a város szerint nem volt drága."],
    "ro": ["O nouă școală a fost deschisă în capitala regiunii. Clădirea este pentru o mie de elevi, a spus primarul."],
    "vi": ["Một trường học mới đã được mở tại thủ phủ của vùng. Tòa nhà được thiết kế cho một nghìn học sinh."],
    "id": ["Sebuah sekolah baru telah dibuka di ibu kota provinsi. Gedung itu untuk seribu murid, kata pemerintah kota."],
    "el": ["Ένα νέο σχολείο άνοιξε στην πρωτεύουσα της περιφέρειας."],
    "he": ["בית ספר חדש נפתח בבירת המחוז."],
    "hy": ["Մարզկենտրոնում նոր դպրոց է բացվել։"],
    "ka": ["რეგიონის ცენტრში ახალი სკოლა გაიხსნა."],
    "ar": ["افتتحت مدرسة جديدة في عاصمة الإقليم. وقالت البلدية إن المبنى يتسع لألف طالب."],
    "fa": ["یک مدرسه جدید در مرکز استان باز شد. شهرداری گفت این ساختمان برای هزار دانش آموز است."],
    "ur": ["صوبائی دارالحکومت میں ایک نیا اسکول کھل گیا ہے۔ عمارت ایک ہزار طلبہ کے لیے ہے۔"],
    "ug": ["ۋىلايەت مەركىزىدە يېڭى مەكتەپ ئېچىلدى. بىنا مىڭ ئوقۇغۇچى ئۈچۈن سېلىنغان."],
    "hi": ["क्षेत्र की राजधानी में एक नया स्कूल खुला है। भवन एक हजार छात्रों के लिए है।"],
    "bn": ["অঞ্চলের রাজধানীতে একটি নতুন স্কুল খোলা হয়েছে।"],
    "ta": ["மாவட்டத் தலைநகரில் புதிய பள்ளி திறக்கப்பட்டது."],
    "zh": ["该地区首府新开了一所学校。市政府表示，这座建筑可容纳一千名学生。"],
    "ja": ["県庁所在地に新しい学校が開校した。校舎は千人の生徒のために建てられた。"],
    "ko": ["주도에 새 학교가 문을 열었다. 건물은 학생 천 명을 위해 지어졌다."],
    "th": ["โรงเรียนใหม่เปิดในเมืองหลวงของจังหวัด"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in TEXTS.items() for text in texts])
def test_find_language(language: str, text: str) -> None:
    assert find_language(text) == language


KAZAKH, RUSSIAN, ENGLISH, LATIN = TEXTS["kk"][0], TEXTS["ru"][0], TEXTS["en"][0], TEXTS["kk-Latn"][0]


@pytest.mark.parametrize(("text", "declared", "expected"), [
    (KAZAKH, "ru", "kk"),  # copied templates
    (KAZAKH, "kk_KZ", "kk"),
    (KAZAKH, "kz", "kk"),
    (RUSSIAN, "en", "ru"),
    (RUSSIAN, "en-US", "ru"),
    (RUSSIAN, "kk", "ru"),
    (RUSSIAN, "ru-RU", "ru"),
    (ENGLISH, "ru", "en"),
    (ENGLISH, "en-GB", "en"),
    (LATIN, "kk", "kk-Latn"),
    (LATIN, "en", "kk-Latn"),
    (TEXTS["kk-Arab"][0], "kk", "kk-Arab"),
    (TEXTS["kk-Arab"][0], "ar", "kk-Arab"),
    (TEXTS["uk"][0], "ua", "uk"),
    (TEXTS["uk"][0], "ru", "uk"),
    (TEXTS["uz"][0], "uz", "uz"),
    (TEXTS["uz-Cyrl"][0], "uz", "uz-Cyrl"),
    (TEXTS["no"][0], "nb-NO", "no"),
    (TEXTS["zh"][0], "zh_CN", "zh"),
    (TEXTS["zh"][0], "zh-Hant-TW", "zh-Hant"),
    ("Футбол", "ru", "ru"),
    ("", "kk", "kk"),
    ("", None, "und"),
    ("2024 12:30", None, "und"),
    ("", "!!", "und"),
    ("", "x" * 10000, "und"),
    (ENGLISH, "gl", "en"),
    ("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed eiusmod tempor.", "la", "la"),
])  # fmt: skip
def test_declared_language(text: str, declared: str | None, expected: str) -> None:
    assert find_language(text, declared) == expected

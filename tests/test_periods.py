"""Dates and periods: a row is a phrase, the day of publication and the EDTF that it says.

Several values stand in reading order; «?» is a date that cannot be known, «-» is silence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, partial
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.match.date_words import DateKnowledge, load_date_knowledge
from extractor.match.lexer import DigitStyle, read_tokens
from extractor.match.morphology import build_morphology, fold_word
from extractor.stages.periods import NearDates, find_dates, find_periods
from extractor.types import Lang, Mention, Sentence, Span, Zone

LANGS: tuple[Lang, ...] = ("kk", "ru", "en")
FOLDER = Path(extractor.__path__[0]) / "langs"
MONDAY = "2024-04-15"

KAZAKH = [
    ("су тасқыны басталғалы", MONDAY, "../2024-04-15"),
    ("2020 жылғы 15 сәуір", None, "2020-04-15"),
    ("2020 жылғы 15 сәуірде берілді", MONDAY, "2020-04-15"),
    ("2022 жылы 11 наурызда Нұр-Сұлтан", "2022-03-11", "2022-03-11"),
    ("2022 жылдың 21 сәуірінде Украинаға", "2022-04-21", "2022-04-21"),
    ("16 сәуір күні Польша", "2022-04-19", "2022-04-16"),
    ("жақында 8 наурызда", "2022-03-11", "2022-03-08"),
    ("15-ақпан", MONDAY, "2024-02-15"),
    ("15-ші ақпанда", MONDAY, "2024-02-15"),
    ("25 желтоқсанда көмек берілді", MONDAY, "2023-12-25"),
    ("6 ақпандағы жойқын сілкініс", None, "?"),
    ("6 ақпандағы жойқын сілкініс", "2023-02-20", "2023-02-06"),
    ("2021 жылдың қаңтарында", None, "2021-01"),
    ("2017 жылдың маусымында", None, "2017-06"),
    ("2017 жылы", None, "2017"),
    ("2017 жылы есірткі қолданысын шектеу", MONDAY, "2017"),
    ("мамыр айының басында", MONDAY, "2024-05"),
    ("Мамыр айының басында басталатын акция", "2020-04-28", "2020-05/.."),
    ("Наурыз айының аяғында", "2020-04-20", "2020-03"),
    ("наурыз айында", MONDAY, "2024-03"),
    ("шілдеде", "2020-07-17", "2020-07"),
    ("шілденің соңына қарай", "2020-08-01", "../2020-07-31"),
    ("қыркүйектің ортасына қарай", "2018-09-20", "../2018-09"),
    ("ақпан-наурыз айларында", MONDAY, "2024-02/2024-03"),
    ("2021 жылғы қаңтар-маусым айларында", None, "2021-01/2021-06"),
    ("1-20 шілде аралығында", "2020-07-21", "2020-07-01/2020-07-20"),
    ("2020 жылғы 1-20 шілде аралығында", None, "2020-07-01/2020-07-20"),
    ("2020 жылғы 1 шілде мен 20 шілде аралығында", None, "2020-07-01/2020-07-20"),
    ("1-нен 20 шілдеге дейін", "2020-07-21", "2020-07-01/2020-07-20"),
    ("1 шілдеден 20 шілдеге дейін", "2020-07-21", "2020-07-01/2020-07-20"),
    ("19 наурыздан бастап бүгінге дейін", "2020-04-24", "2020-03-19/2020-04-24"),
    ("19 наурыздан бастап бүгінге дейін", None, "?"),
    ("19 наурыздан бастап", "2020-04-24", "2020-03-19/.."),
    ("2020 жылдан бастап", None, "2020/.."),
    ("2019 жылдың 1 қаңтарынан бастап", None, "2019-01-01/.."),
    ("жыл басынан бері", MONDAY, "2024-01/2024-04"),
    ("ай басынан бері", MONDAY, "2024-04/.."),
    ("1 қыркүйекке дейін", MONDAY, "../2024-09-01"),
    ("1 мамырға дейін жеткізіледі", MONDAY, "../2024-05-01"),
    ("Бүгінге дейін 15 мыңнан астам отбасы қамтылды", "2020-04-24", "../2020-04-24"),
    ("жыл соңына дейін", MONDAY, "../2024-12-31"),
    ("14 сәуірдегі жағдай бойынша", MONDAY, "../2024-04-14"),
    ("бүгінгі таңда жалпы сомасы", "2020-04-24", "../2020-04-24"),
    ("осы күнге дейін", MONDAY, "../2024-04-15"),
    ("кеше ғана түсті", MONDAY, "2024-04-14"),
    ("бүгін қоймадан таратылды", MONDAY, "2024-04-15"),
    ("бүгін қоймадан таратылды", None, "?"),
    ("ертең жөнелтіледі", MONDAY, "2024-04-16"),
    ("Бүгінде", MONDAY, "?"),
    ("Қазіргі таңда", MONDAY, "?"),
    ("өткен аптада", MONDAY, "2024-04-08/2024-04-14"),
    ("осы аптада", MONDAY, "2024-04-15/2024-04-21"),
    ("өткен айда", "2024-01-10", "2023-12"),
    ("осы айдың басында", MONDAY, "2024-04"),
    ("өткен жылы", MONDAY, "2023"),
    ("биыл", MONDAY, "2024"),
    ("былтыр", MONDAY, "2023"),
    ("былтырғы жылы", MONDAY, "2023"),
    ("ағымдағы жылдың 12 сәуірінде", MONDAY, "2024-04-12"),
    ("осы жылдың алғашқы жартысында", MONDAY, "2024-01/2024-06"),
    ("2021 жылдың бірінші тоқсанында", None, "2021-01/2021-03"),
    ("2021 жылдың III тоқсанында", None, "2021-07/2021-09"),
    ("2021 жылдың 9 айында", None, "2021-01/2021-09"),
    ("соңғы үш айда", MONDAY, "2024-01/2024-04"),
    ("соңғы 6 жылда", MONDAY, "2018/2024"),
    ("соңғы тәулікте", MONDAY, "2024-04-14"),
    ("Соғыстың екі айы ішінде 200 тонна жүк жіберілді", "2022-04-21", "2022-02/2022-04"),
    ("жұма күні", MONDAY, "2024-04-12"),
    ("Сенбі күні", MONDAY, "2024-04-13"),
    ("2023 жылдың көктемінде", None, "2023-21"),
    ("2018-2019 жж.", None, "2018/2019"),
    ("2018-2020 жылдары", None, "2018/2020"),
    ("2023-2024 оқу жылында", None, "2023-09/2024-05"),
    ("Жеңіс күніне орай", MONDAY, "../2024-05-09"),
    ("Ораза айт мерекесі қарсаңында", "2020-05-20", "2020-05"),
    ("Құрбан айт мерекесінде", "2020-08-03", "2020-07-31"),
    ("Наурыз мерекесі қарсаңында", "2021-03-18", "2021-03"),
    ("Рамазан айында", "2023-06-01", "2023-03-23/2023-04-20"),
    ("Рамазан айында", "2023-04-01", "2023-03/2023-04"),
    ("Рамазан айында", "2025-03-20", "2025-03"),
    ("Жаңа жылдан бастап", "2018-12-10", "2019-01-01/.."),
    ("Тәуелсіздік күні қарсаңында", "2021-12-14", "2021-12"),
    ("29.04.2024", None, "2024-04-29"),
    ("сәуірдің 5-іне дейін", MONDAY, "../2024-04-05"),
    ("2 сәуірде басталған науқан", MONDAY, "2024-04-02/.."),
    ("Таңнан бері тамақ тарату жүріп жатыр", MONDAY, "2024-04-15"),
    ("ай бойы тегін тамақ берілді", MONDAY, "-"),
    ("он айдың қорытындысын шығарды", "2023-11-08", "2023-01/2023-10"),
    ("Жаңа жылға дейін тарату", "2023-11-08", "../2023-12-31"),
    ("жаңа оқу жылы қарсаңында", "2023-08-20", "2023-08"),
    ("көмек сейсенбіде жеткізілді", MONDAY, "2024-04-09"),
    ("жүк сәрсенбіде жеткізіледі", MONDAY, "2024-04-17"),
    ("– Мамырда киім таратамыз", MONDAY, "2024-05"),
    ("7 мамыр таңына қарай 40 үй тазаланды", "2024-05-09", "../2024-05-07"),
    ("бұған дейін үш рейс ұшып кетті", MONDAY, "../2024-04-15"),
    ("Бұған дейін, 2 сәуірде, екі рейс ұшқан", MONDAY, "../2024-04-15 2024-04-02"),
    ("таңнан кешке дейін ас үлестіреді", MONDAY, "?"),
    ("2025 жылдың соңына дейін", MONDAY, "../2025-12-31"),
]

RUSSIAN = [
    ("15 апреля 2024 14:01", None, "2024-04-15"),
    ("17 июля 2020 | 16:57", None, "2020-07-17"),
    ("10:01 31.01.2022", None, "2022-01-31"),
    ("2020-07-04", None, "2020-07-04"),
    ("2 мая партия гуманитарной помощи", "2022-05-13", "2022-05-02"),
    ("2 мая партия гуманитарной помощи", None, "?"),
    ("25 декабря", MONDAY, "2023-12-25"),
    ("1 июня", MONDAY, "2024-06-01"),
    ("12 апреля текущего года", MONDAY, "2024-04-12"),
    ("к утру 7 мая перечислено", "2024-05-09", "../2024-05-07"),
    ("к вечеру пятницы привезли", MONDAY, "../2024-04-12"),
    ("ключи будут вручены в пятницу", MONDAY, "2024-04-19"),
    ("ключи были вручены в пятницу", MONDAY, "2024-04-12"),
    ("кормят с утра до вечера", MONDAY, "?"),
    ("до этого привезли два вагона", MONDAY, "../2024-04-15"),
    ("12 апреля текущего года", None, "?"),
    ("15 марта 2020 г. закуплено", None, "2020-03-15"),
    ("15 янв. 2024", None, "2024-01-15"),
    ("31 апреля", MONDAY, "?"),
    ("в 2023 году", MONDAY, "2023"),
    ("В 2023 году 56 ветеранам", None, "2023"),
    ("в прошлом году", MONDAY, "2023"),
    ("в День защиты детей", "2024-06-10", "2024-06-01"),
    ("ко Дню пожилых людей", "2024-10-10", "../2024-10-01"),
    ("в этом году", MONDAY, "2024"),
    ("в 2018-2019 гг.", None, "2018/2019"),
    ("в течение марта 2021 года", None, "2021-03"),
    ("(декабрь, 2021)", None, "2021-12"),
    ("в конце апреля", "2020-07-14", "2020-04"),
    ("в январе-марте 2021 года", None, "2021-01/2021-03"),
    ("в июле-августе", "2020-09-01", "2020-07/2020-08"),
    ("в декабре", MONDAY, "2023-12"),
    ("с 1 по 20 июля", "2020-07-25", "2020-07-01/2020-07-20"),
    ("с 1-го по 20-е июля 2020 года", None, "2020-07-01/2020-07-20"),
    ("с 24 февраля по 24 августа 2023 года", None, "2023-02-24/2023-08-24"),
    ("с 25 декабря по 10 января 2024 года", None, "2023-12-25/2024-01-10"),
    ("с 1 сентября по 31 декабря", "2024-08-24", "2024-09-01/2024-12-31"),
    ("16-17 апреля", "2024-04-20", "2024-04-16/2024-04-17"),
    ("16 и 17 апреля", "2024-04-20", "2024-04-16/2024-04-17"),
    ("с января по март 2021 года", None, "2021-01/2021-03"),
    ("С начала апреля Штаб провел", "2022-05-13", "2022-04/.."),
    ("С начала июля в городах", "2020-07-17", "2020-07/.."),
    ("с начала этого года", "2020-07-17", "2020-01/2020-07"),
    ("с начала года", MONDAY, "2024-01/2024-04"),
    ("С 2020 года в Нур-Султане", None, "2020/.."),
    ("уже с августа будет налажено", "2020-07-14", "2020-08/.."),
    ("со вчерашнего дня", MONDAY, "2024-04-14/.."),
    ("С сегодняшнего дня", MONDAY, "2024-04-15/.."),
    ("с начала засухи", MONDAY, "?"),
    ("с начала паводков", MONDAY, "../2024-04-15"),
    ("накануне Дня шахтёра", MONDAY, "?"),
    ("накануне", MONDAY, "2024-04-14"),
    ("до 20 июля", "2020-07-14", "../2020-07-20"),
    ("до 1 сентября", MONDAY, "../2024-09-01"),
    ("к 1 сентября", MONDAY, "../2024-09-01"),
    ("до конца 2024 года", MONDAY, "../2024-12-31"),
    ("по состоянию на 14 апреля", MONDAY, "../2024-04-14"),
    ("По состоянию на 31 января", "2022-01-31", "../2022-01-31"),
    ("На сегодняшний день проживают", MONDAY, "../2024-04-15"),
    ("На сегодня задействовано", "2024-04-14", "../2024-04-14"),
    ("вчера", MONDAY, "2024-04-14"),
    ("Вчера, к примеру, выделила", "2020-07-04", "2020-07-03"),
    ("сегодня", None, "?"),
    ("сейчас", MONDAY, "?"),
    ("на прошлой неделе", MONDAY, "2024-04-08/2024-04-14"),
    ("в минувшие выходные", MONDAY, "2024-04-13/2024-04-14"),
    ("продлится по 30 сентября", MONDAY, "../2024-09-30"),
    ("по итогам трёх месяцев", MONDAY, "2024-01/2024-03"),
    ("по вторникам", MONDAY, "-"),
    ("в прошлом месяце", "2024-01-10", "2023-12"),
    ("За прошедшие сутки", "2024-04-12", "2024-04-11"),
    ("за последние три месяца", MONDAY, "2024-01/2024-04"),
    ("за последнюю неделю", MONDAY, "2024-04-08/2024-04-15"),
    ("в последние годы", MONDAY, "?"),
    ("За полгода адресная помощь назначена", "2020-07-17", "2020-01/2020-06"),
    ("за первое полугодие 2020 года", None, "2020-01/2020-06"),
    ("За первый квартал 2021 года", None, "2021-01/2021-03"),
    ("за 3-й квартал", "2020-07-17", "2020-07/2020-09"),
    ("2-го квартала текущего года", "2020-07-17", "2020-04/2020-06"),
    ("за 9 месяцев 2021 года", None, "2021-01/2021-09"),
    ("в течение двух дней автобусы будут ездить", "2024-04-12", "2024-04-12/2024-04-13"),
    ("За три года расследовалось", MONDAY, "2021/2024"),
    ("На днях Юре вручили", "2022-05-13", "2022-05"),
    ("На днях Юре вручили", "2022-05-03", "?"),
    ("в пятницу", MONDAY, "2024-04-12"),
    ("в прошлый понедельник", MONDAY, "2024-04-08"),
    ("весной 2023 года", None, "2023-21"),
    ("в 2023-2024 учебном году", None, "2023-09/2024-05"),
    ("ко Дню Победы", MONDAY, "../2024-05-09"),
    ("ко Дню столицы", "2020-07-04", "../2020-07-06"),
    ("на Курбан айт", "2021-07-25", "2021-07-20"),
    ("к Новому году", "2021-12-01", "../2021-12-31"),
    ("с 15 марта 2020 года по настоящее время", MONDAY, "2020-03-15/2024-04-15"),
    ("до пятницы", MONDAY, "../2024-04-12"),
    ("По состоянию на вечер 3 мая", "2024-05-04", "../2024-05-03"),
    ("на 9 часов утра 3 мая вывезено", "2024-05-04", "../2024-05-03"),
    ("Данные на 03.05.2024", None, "../2024-05-03"),
    ("До Нового года привезут ещё", "2023-11-08", "../2023-12-31"),
    ("накануне Нового года", "2023-12-08", "2023-12"),
    ("стартовавшей 3 марта", MONDAY, "2024-03-03/.."),
    ("к новому учебному году", "2023-08-08", "?"),
    ("за девять месяцев", "2023-10-12", "2023-01/2023-09"),
    ("за квартал собрали", "2023-10-12", "2023-07/2023-09"),
    ("Прошлой осенью", "2023-10-12", "2022-23"),
    ("Прошлой осенью", "2024-01-12", "2023-23"),
    ("до конца февраля", "2024-01-12", "../2024-02-29"),
    ("дома сдадут в третьем квартале", "2023-12-20", "2024-07/2024-09"),
    ("с утра кормим", MONDAY, "2024-04-15"),
]

ENGLISH = [
    ("on 23 July 2015", None, "2015-07-23"),
    ("on March 11, 2022, about 40 tons", None, "2022-03-11"),
    ("July 23,  2015", None, "2015-07-23"),
    ("April 9, 2024", None, "2024-04-09"),
    ("Sept 1, 2023", None, "2023-09-01"),
    ("On 25th July 2013, CHF 121,847", None, "2013-07-25"),
    ("the 25th of July 2013", None, "2013-07-25"),
    ("2022-03-29", None, "2022-03-29"),
    ("31/01/2022", None, "2022-01-31"),
    ("on July 22, an official statement", None, "?"),
    ("on July 22, an official statement", "2022-07-24", "2022-07-22"),
    ("(March 28)", "2022-03-29", "2022-03-28"),
    ("on September, 15", "2018-09-20", "2018-09-15"),
    ("on December 25", MONDAY, "2023-12-25"),
    ("on February 30", MONDAY, "?"),
    ("in March 2021", None, "2021-03"),
    ("In January, the agency announced", "2022-07-24", "2022-01"),
    ("in May", MONDAY, "2024-05"),
    ("in January-August 2022", None, "2022-01/2022-08"),
    ("from January to March 2021", None, "2021-01/2021-03"),
    ("in 2022 it needed", None, "2022"),
    ("was established in 1949, is funded", None, "1949"),
    ("the same months of 2021, said", MONDAY, "2021"),
    ("in 2018-2019", None, "2018/2019"),
    ("from 2018 to 2020", None, "2018/2020"),
    ("since 2018", None, "2018/.."),
    ("since April 2", MONDAY, "2024-04-02/.."),
    ("since last year", "2022-10-03", "2021/.."),
    ("since the beginning of the year", MONDAY, "2024-01/2024-04"),
    ("since the beginning of the war", MONDAY, "?"),
    ("as of April 8, more than 370 tons", "2024-04-09", "../2024-04-08"),
    ("to date", MONDAY, "../2024-04-15"),
    ("since the start of the floods", MONDAY, "../2024-04-15"),
    ("from August 1 to September 30", "2024-08-24", "2024-08-01/2024-09-30"),
    ("From 24 February to 24 August 2023", None, "2023-02-24/2023-08-24"),
    ("26 July – 2 August 2013", None, "2013-07-26/2013-08-02"),
    ("between 01 and 15 July 2015", None, "2015-07-01/2015-07-15"),
    ("15 and 16 July, and on 19 July, 2015", None, "2015-07-15/2015-07-16 2015-07-19"),
    ("July 1 to 20, 2020", None, "2020-07-01/2020-07-20"),
    ("from 25 December to 10 January 2024", None, "2023-12-25/2024-01-10"),
    ("completed by 1 November 2013", None, "../2013-11-01"),
    ("by September 1", MONDAY, "../2024-09-01"),
    ("until the middle of November", "2018-10-01", "../2018-11"),
    ("by the end of 2024", MONDAY, "../2024-12-31"),
    ("today", "2024-08-24", "2024-08-24"),
    ("Today, active volunteers", None, "?"),
    ("said yesterday", "2014-03-26", "2014-03-25"),
    ("last night", "2022-03-29", "2022-03-28"),
    ("now", MONDAY, "?"),
    ("Last week, 662 houses collapsed", "2013-02-15", "2013-02-04/2013-02-10"),
    ("this week", MONDAY, "2024-04-15/2024-04-21"),
    ("last month", "2024-01-10", "2023-12"),
    ("Last year the help was", "2020-08-13", "2019"),
    ("this year", "2020-08-13", "2020"),
    ("over the past 24 hours", MONDAY, "2024-04-14"),
    ("in the last two weeks", MONDAY, "2024-04-01/2024-04-15"),
    ("over the last few days", "2015-07-24", "2015-07"),
    ("in recent years", MONDAY, "?"),
    ("in the first half of 2020", None, "2020-01/2020-06"),
    ("in the first quarter of 2021", None, "2021-01/2021-03"),
    ("in the first nine months of 2021", None, "2021-01/2021-09"),
    ("on Friday", MONDAY, "2024-04-12"),
    ("aid will arrive on Friday", MONDAY, "2024-04-19"),
    ("last Monday", MONDAY, "2024-04-08"),
    ("in the spring of 2023", None, "2023-21"),
    ("the school year will begin online", "2020-08-13", "2020-09/2021-05"),
    ("by the start of the academic year", "2024-08-24", "../2024-09"),
    ("ahead of Victory Day", MONDAY, "2024-05"),
    ("on Kurban Ait", "2022-07-12", "2022-07-09"),
    ("by Independence Day", "2021-12-01", "../2021-12-16"),
    ("families will get it by Friday", MONDAY, "../2024-04-19"),
    ("As of 7 p.m. yesterday", MONDAY, "../2024-04-14"),
    ("As of the evening of May 3", "2024-05-04", "../2024-05-03"),
    ("To May 9 veterans were paid", "2023-12-20", "../2023-05-09"),
    ("before the New Year", "2024-01-20", "../2023-12-31"),
    ("on the eve of the New Year", "2023-12-08", "2023-12"),
    ("launched on March 3", MONDAY, "2024-03-03/.."),
    ("over the autumn", "2023-12-08", "2023-23"),
    ("in Ramadan", "2025-03-20", "2025-03"),
    ("working since the morning", MONDAY, "2024-04-15"),
    ("since March it has sewn gowns", MONDAY, "2024-03/.."),
    ("flats will be handed over in the third quarter", "2016-12-20", "2017-07/2017-09"),
    ("the coal is to be delivered on Friday", MONDAY, "2024-04-19"),
    ("the coal had been delivered on Friday", MONDAY, "2024-04-12"),
    ("on 28 July it is planned to open a shelter", MONDAY, "2024-07-28"),
    ("In spring a firm paid for beds", "2017-10-14", "2017-21"),
    ("hay for the winter", MONDAY, "-"),
    ("by the morning of 7 May", "2024-05-09", "../2024-05-07"),
    ("fed from morning till night", MONDAY, "?"),
    ("TARAZ, 9 December 2020 – On Tuesday a clinic", "2020-12-09", "2020-12-09 2020-12-08"),
    ("two days ago", MONDAY, "2024-04-13"),
    ("two weeks ago", MONDAY, "2024-04-01/2024-04-07"),
    ("three hours ago", MONDAY, "2024-04-15"),
    ("a few days ago", MONDAY, "2024-04"),
    ("coal was brought over the weekend", MONDAY, "2024-04-13/2024-04-14"),
    ("coal will be brought at the weekend", MONDAY, "2024-04-20/2024-04-21"),
    ("last weekend", "2024-04-14", "2024-04-06/2024-04-07"),
    ("in mid-March", MONDAY, "2024-03"),
    ("another 300 would get coal by the end of October", MONDAY, "../2024-10-31"),
    ("they will get bags by the start of the school year", MONDAY, "../2024-09"),
    ("in the first two months of the war", MONDAY, "-"),
]

SILENT = [
    ("kk", "53 мыңнан астам отбасы"),
    ("kk", "14 478 адамға қаржылай көмек көрсетті"),
    ("kk", "әр отбасына 50 бетпердеден"),
    ("kk", "Бұл маусымдағы аурудың жағдайлары"),
    ("kk", "№ 12 көше 2020 дана маска"),
    ("kk", "Назарбаевтың бастамасымен 3 млн 616 мың доллар"),
    ("ru", "в 1-м микрорайоне"),
    ("ru", "до 50 тысяч волонтеров"),
    ("ru", "с 770 тенге за пачку"),
    ("ru", "по 2 миллиона тенге ветеранам"),
    ("ru", "окружающую среду, в 2020 семей"),
    ("ru", "рассказала Марта Ивановна"),
    ("ru", "прошел слух о помощи"),
    ("ru", "от 10 до 15 тысяч масок"),
    ("en", "volunteers may march to help"),
    ("en", "in 2000 families and 1900 homes"),
    ("en", "from 10 to 15 thousand masks"),
    ("en", "more than 370 tons had reached the first region"),
    ("en", "by 25,000 volunteers"),
    ("en", "the second truck and 20 of them"),
]

SPANS = [
    ("kk", "2020 жылғы 15 сәуір 300 отбасы", ["2020 жылғы 15 сәуір"]),
    ("kk", "2018-2019 жж. 40 үй", ["2018-2019 жж."]),
    ("kk", "көмекті сағат 8-ден 20-ға дейін", ["сағат 8-ден 20-ға дейін"]),
    ("kk", "жол екі аптаға созылады", ["екі аптаға"]),
    ("kk", "30 жыл қатар 15 мың отбасы", ["30 жыл"]),
    ("ru", "31.01.2022 подано 2 тыс. заявок", ["31.01.2022"]),
    ("ru", "в 16:57 прибыло 20 машин", ["16:57"]),
    ("ru", "с 1 по 20 июля роздано 20 тонн", ["с 1 по 20 июля"]),
    ("ru", "от 2 до 8 лет – 140 шт.", ["от 2 до 8 лет"]),
    ("ru", "1,5-2 месяца и 1 миллион тенге", ["1,5-2 месяца"]),
    ("ru", "около 16:30 часов 5 человек", ["16:30 часов"]),
    ("ru", "2024-04-15 11:43:00", ["2024-04-15", "11:43:00"]),
    ("ru", "помощь 15 апреля получили 300 семей", ["15 апреля"]),
    ("en", "July 26 – 2 August 2013, 380 families", ["July 26 – 2 August 2013"]),
    ("en", "daily from 8 to 20 hours", ["from 8 to 20 hours"]),
    ("en", "On March 11, 2022, about 40 tons", ["On March 11, 2022"]),
    ("en", "a two-month campaign for 300 people", ["two-month"]),
    ("en", "6 months, 16.5 tonnes", ["6 months"]),
]


@cache
def knowledge() -> dict[Lang, DateKnowledge]:
    return {lang: load_one(lang) for lang in LANGS}


def load_one(lang: Lang) -> DateKnowledge:
    endings = tomllib.loads((FOLDER / lang / "endings.toml").read_text(encoding="utf-8"))
    return load_date_knowledge(FOLDER / lang, build_morphology(endings))


def entries(lang: Lang) -> dict[str, Any]:
    return tomllib.loads((FOLDER / lang / "dates.toml").read_text(encoding="utf-8"))


def sentences_of(lang: Lang, *texts: str) -> tuple[Sentence, ...]:
    style = DigitStyle(".", ",") if lang == "en" else DigitStyle(",", ".")
    text, found = "\n".join(texts), []
    zone = Zone(Span(0, len(text)), "body", lang, "Cyrl")
    start = 0
    for index, part in enumerate(texts):
        stop = start + len(part)
        tokens = tuple(read_tokens(text, start, stop, style, fold_word))
        found.append(Sentence(Span(start, stop), tokens, zone, 0, index))
        start = stop + 1
    return tuple(found)


def periods(lang: Lang, published: str | None, *texts: str) -> tuple[Mention, ...]:
    return find_periods(sentences_of(lang, *texts), published, knowledge())


def values(lang: Lang, published: str | None, *texts: str) -> str:
    mentions = periods(lang, published, *texts)
    return " ".join(mention.value or "?" for mention in mentions) or "-"


@pytest.mark.parametrize(("phrase", "published", "edtf"), KAZAKH)
def test_kazakh(phrase: str, published: str | None, edtf: str) -> None:
    assert values("kk", published, phrase) == edtf


@pytest.mark.parametrize(("phrase", "published", "edtf"), RUSSIAN)
def test_russian(phrase: str, published: str | None, edtf: str) -> None:
    assert values("ru", published, phrase) == edtf


@pytest.mark.parametrize(("phrase", "published", "edtf"), ENGLISH)
def test_english(phrase: str, published: str | None, edtf: str) -> None:
    assert values("en", published, phrase) == edtf


@pytest.mark.parametrize(("lang", "phrase"), SILENT)
def test_silence(lang: Lang, phrase: str) -> None:
    assert values(lang, MONDAY, phrase) == "-"


def spans_of(sentences: Sequence[Sentence]) -> list[tuple[int, int, int]]:
    """Dates and times of all sorts as (sentence, first token, last token)."""
    found = find_dates(sentences, None, knowledge())
    return [(date.sentence.index, date.first, date.last) for date in found]


@pytest.mark.parametrize(("lang", "phrase", "expected"), SPANS)
def test_date_spans(lang: Lang, phrase: str, expected: list[str]) -> None:
    sentences = sentences_of(lang, phrase)
    tokens = sentences[0].tokens
    words = [phrase[tokens[a].span.start : tokens[b].span.stop] for _, a, b in spans_of(sentences)]
    assert words == expected


TEXTS = {
    lang: sorted((Path(__file__).parent.parent / "corpora").rglob(f"own-{lang}-*.txt"))
    for lang in LANGS
}


@pytest.mark.parametrize("lang", LANGS)
def test_near_dates_are_those_of_the_sentence(lang: Lang) -> None:
    """Around whatever token somebody asks, the dates are the same as over all tokens."""
    know = knowledge()
    lines = (line for path in TEXTS[lang] for line in path.read_text("utf-8").splitlines())
    for (sentence,) in map(partial(sentences_of, lang), lines):
        dates = spans_of([sentence])
        owners = {place: first for _, first, last in dates for place in range(first, last + 1)}
        near, size = NearDates(sentence.tokens, know[lang]), len(sentence.tokens)
        for first, last in combinations_with_replacement(range(size), 2):
            if last - first < 3:
                inside = first in owners and owners[first] == owners.get(last)
                assert near.take(first, last) == inside, sentence.tokens[first : last + 1]


EXAMPLES = [
    (lang, row["makes"], row.get("gives"), phrase, edtf)
    for lang in LANGS
    for row in entries(lang)["pattern"]
    for phrase, edtf in row["examples"]
]


@pytest.mark.parametrize(("lang", "makes", "gives", "phrase", "edtf"), EXAMPLES)
def test_examples(lang: Lang, makes: str, gives: str | None, phrase: str, edtf: str) -> None:
    silent = "-" if gives == "span" else "?"
    published = entries(lang)["settings"]["published"]
    assert values(lang, published, phrase) == (edtf or silent), makes


@pytest.mark.parametrize("lang", LANGS)
def test_every_form_is_read(lang: Lang) -> None:
    """«полугода» in the file and never found in a text would be a dead letter."""
    know = knowledge()[lang]
    for entry in know.lexicon.entries:
        hits = know.lexicon.scan(sentences_of(lang, entry.form)[0].tokens)
        assert entry in [hit.entry for hit in hits], entry.form


@pytest.mark.parametrize("lang", LANGS)
def test_every_pattern_has_an_example(lang: Lang) -> None:
    assert all(row["examples"] for row in entries(lang)["pattern"])


def test_the_folders_know_the_same_feasts() -> None:
    feasts = [{(r["id"], *r["on"]) for r in entries(lang)["feast"]} for lang in LANGS]
    assert feasts[0] == feasts[1] == feasts[2]


@pytest.mark.parametrize(
    "edtf", sorted({row[2] for row in (*KAZAKH, *RUSSIAN, *ENGLISH) if row[2] not in "?-"})
)
def test_values_are_edtf(edtf: str) -> None:
    parser = pytest.importorskip("edtf")
    for value in edtf.split():
        # Open ends are of level 1 in the EDTF of 2019; the parser accepts them as well.
        assert parser.parse_edtf(value) is not None


def test_mention_spans_and_rules() -> None:
    text = "Помощь раздавали с 1 по 20 июля."
    (mention,) = periods("ru", "2020-07-25", text)
    assert mention.span.of(text) == mention.text == "с 1 по 20 июля"
    assert (mention.sort, mention.sentence, mention.rule) == ("period", 0, "from_to")


def test_a_year_stated_nearby_serves_an_undated_article() -> None:
    assert values("ru", None, "15 марта 2020 года начали.", "2 мая закончили.") == (
        "2020-03-15 2020-05-02"
    )
    assert values("ru", None, "В 2020 году начали.", "2 мая закончили.") == "2020 ?"


@pytest.mark.parametrize(
    ("lang", "before", "after", "edtf"),
    [
        ("kk", "9 сәуірде жүк жетті.", "Ертеңіне тағы екі көлік келді.", "2024-04-10"),
        ("kk", "9 сәуірде жүк жетті.", "Сол күні 40 шатыр тігілді.", "2024-04-09"),
        ("ru", "9 апреля пришёл груз.", "На следующий день прибыл второй.", "2024-04-10"),
        ("ru", "9 апреля пришёл груз.", "В тот же день раздали 40 палаток.", "2024-04-09"),
        ("en", "The cargo came on 9 April.", "The next day there was more.", "2024-04-10"),
        ("en", "The cargo came on 9 April.", "A day earlier there was none.", "2024-04-08"),
    ],
)
def test_a_day_counted_from_the_day_before_it(
    lang: Lang, before: str, after: str, edtf: str
) -> None:
    assert values(lang, MONDAY, before, after) == f"2024-04-09 {edtf}"
    assert values(lang, MONDAY, after) == "?"


def test_a_language_without_knowledge_is_passed_over() -> None:
    assert find_periods(sentences_of("ru", "2 мая"), MONDAY, {}) == ()


@pytest.mark.parametrize("text", [None, "", "2024", "soon", "0001-01-01", "2024-02-31"])
def test_published_that_is_no_day(text: str | None) -> None:
    assert values("en", text, "today") == "?"


def test_bad_patterns_are_refused(tmp_path: Path) -> None:
    content = (FOLDER / "ru" / "dates.toml").read_text(encoding="utf-8")
    (tmp_path / "dates.toml").write_text(content.replace('"recent"', '"recently"'), "utf-8")
    with pytest.raises(ValueError, match="unknown level or makes"):
        load_date_knowledge(tmp_path, knowledge()["ru"].morphology)


def test_long_lists_take_linear_time() -> None:
    text = ", ".join(["с 1 по 20 июля 2020 года", "15-16", "2019"] * 400)
    assert len(periods("ru", MONDAY, text)) == 400

import type { Chance } from "./chance";

const SURNAMES =
  "Абросимов Агапов Азанов Аликин Андреев Антипин Батуев Баранов Белоусов Бояршинов Брагин Бурдин Быков Васильев Вахрушев Волегов Волков Вшивков Гилёв Голдобин Горбунов Григорьев Давыдов Деменев Дьяков Ершов Ефремов Жданов Жуланов Зайцев Захаров Зуев Ильиных Исаев Казаков Калинин Калашников Катаев Киселёв Кобелев Козлов Колегов Комаров Корляков Котельников Кочев Кузнецов Кузьминых Лебедев Логинов Лядов Мазунин Макаров Мальцев Мелехин Мехоношин Миронов Мокрушин Накаряков Нечаев Никитин Новиков Носков Оборин Овчинников Орлов Ощепков Патокин Пермяков Петров Плотников Подвинцев Попов Порошин Постников Рожков Романов Русаков Рябов Сажин Семёнов Симонов Ситников Смирнов Соколов Старков Субботин Суслов Тарасов Титов Томилов Третьяков Трушников Углев Утробин Федосеев Филимонов Харин Хохлов Целищев Черемных Чернов Чудинов Шаврин Шардаков Швецов Шестаков Шилов Ширинкин Щербаков Юдин Юшков Якимов Ярославцев".split(
    " ",
  );

const MEN =
  "Александр Алексей Анатолий Андрей Антон Артём Вадим Валерий Василий Виктор Виталий Владимир Владислав Вячеслав Геннадий Георгий Денис Дмитрий Евгений Егор Иван Игорь Илья Кирилл Константин Леонид Максим Михаил Никита Николай Олег Павел Пётр Роман Сергей Станислав Степан Тимофей Фёдор Юрий".split(
    " ",
  );

const WOMEN =
  "Александра Алёна Алина Алла Анастасия Анна Валентина Валерия Вера Вероника Виктория Галина Дарья Диана Евгения Екатерина Елена Елизавета Зоя Инна Ирина Кристина Ксения Лариса Лидия Любовь Людмила Маргарита Марина Мария Надежда Наталья Нина Оксана Ольга Полина Раиса Светлана Тамара Татьяна Юлия".split(
    " ",
  );

/** Father's name → the two forms of the patronymic's stem: "Алексеевич", "Алексеевна". */
const FATHERS =
  "Александров Алексеев Анатольев Андреев Борисов Вадимов Валерьев Васильев Викторов Владимиров Вячеславов Геннадьев Григорьев Дмитриев Евгеньев Иванов Игорев Константинов Леонидов Максимов Михайлов Николаев Олегов Павлов Петров Романов Сергеев Станиславов Степанов Юрьев".split(
    " ",
  );

export interface PersonName {
  readonly full: string;
  readonly first: string;
  readonly last: string;
}

export function personName(chance: Chance): PersonName {
  const woman = chance.happens(0.54);
  const stem = chance.pick(SURNAMES);
  const last = woman && !/[иы]х$/.test(stem) ? `${stem}а` : stem;
  const first = chance.pick(woman ? WOMEN : MEN);
  const father = chance.pick(FATHERS);
  return { full: `${last} ${first} ${father}${woman ? "на" : "ич"}`, first, last };
}

const TRADES =
  "Берёза Вертикаль Гранит Доброе утро Западный Изумруд Камея Капитель Квадрат Кедр Контур Лада Лайнер Легион Маяк Мастерская вкуса Метрика Новый дом Оазис Опора Парус Первый шаг Пермский хлеб Планета окон Подсолнух Прикамье Профиль Радуга Рассвет Ремстрой Северный лес Сигма Созвездие Стальмонтаж Стоматология Улыбка Тандем Теплоцентр Техносфера Уралупак Фаворит Формула чистоты Центр права Чайная лавка Школа танца Эверест Экодом Эталон Юность Яблоня";

const COMPANY_NAMES = TRADES.split(/ (?=[А-ЯЁ])/);

/** `index` keeps the names apart: each comes once, then with a number. */
export function companyName(chance: Chance, index: number): string {
  const name = COMPANY_NAMES[index % COMPANY_NAMES.length] ?? "";
  const form = chance.weighted([
    ["ООО", 9],
    ["АО", 1],
  ]);
  const again = Math.floor(index / COMPANY_NAMES.length);
  return `${form} «${name}${again > 0 ? `-${again + 1}` : ""}»`;
}

const LATIN: Record<string, string> = Object.fromEntries(
  "а a,б b,в v,г g,д d,е e,ё e,ж zh,з z,и i,й y,к k,л l,м m,н n,о o,п p,р r,с s,т t,у u,ф f,х kh,ц ts,ч ch,ш sh,щ sch,ъ ,ы y,ь ,э e,ю yu,я ya"
    .split(",")
    .map((pair) => [pair.slice(0, 1), pair.slice(2)]),
);

/** "Гилёв" → "gilev", for addresses of e-mail at a domain that no mail reaches. */
export function latin(text: string): string {
  return [...text.toLowerCase()].map((letter) => LATIN[letter] ?? (/[a-z0-9]/.test(letter) ? letter : "")).join("");
}

const TEN = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const ELEVENTH = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const TWELFTH = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** An INN of the region 59 with right check digits: 10 digits for a company, 12 for a person. */
export function innOf(chance: Chance, kind: "company" | "sole_trader"): string {
  const digits = [5, 9, ...Array.from({ length: kind === "company" ? 7 : 8 }, () => chance.between(0, 9))];
  const check = (weights: readonly number[]) => {
    const sum = weights.reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0);
    digits.push((sum % 11) % 10);
  };
  if (kind === "company") check(TEN);
  else {
    check(ELEVENTH);
    check(TWELFTH);
  }
  return digits.join("");
}

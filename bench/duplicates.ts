import type { INestApplicationContext } from '@nestjs/common';
import type { DemoCast } from '../src/demo/petitions.js';
import { personName, places } from '../src/demo/stories.js';
import { demoUnits } from '../src/demo/units.js';
import { DuplicatesService } from '../src/petitions/duplicates/duplicates.service.js';
import { fingerprintOf } from '../src/petitions/duplicates/fingerprint.js';
import type { Party } from '../src/petitions/petition.js';
import { type NewPetition, PetitionsService } from '../src/petitions/petitions.service.js';

/*
 * The check for duplicates at intake, on a generated set whose truth is known: petitions that are filed again with slips of the pen, tone
 * marks elsewhere, missing diacritics, sentences in another order, other spellings of the name; and petitions that only look alike: other
 * matters of the same person, and the same matter of other people in their own words and with their own facts.
 */

export interface DuplicatesMeasured {
  checks: number;
  medianMilliseconds: number;
  p95Milliseconds: number;
  /** Share of the duplicates whose original is among the candidates. */
  recall: number;
  /** Share of the candidates, over the whole set, that are the original. */
  precision: number;
}

const originals = 400;
const nobody = '00000000-0000-0000-0000-000000000000';

export async function measureDuplicates(context: INestApplicationContext, { unitIds, officials }: DemoCast): Promise<DuplicatesMeasured> {
  const petitions = context.get(PetitionsService);
  const duplicates = context.get(DuplicatesService);
  const communes = demoUnits.filter(({ level, to }) => level === 'commune' && to === null).map(({ key }) => unitIds.get(key)!);
  const random = randomFrom(20_260_511);
  const milliseconds: number[] = [];
  let found = 0;
  let shown = 0;
  let right = 0;
  const check = async (petition: NewPetition, truth: string | null): Promise<void> => {
    const started = performance.now();
    const candidates = await duplicates.candidatesFor(nobody, fingerprintOf(petition, ''), officials.get('city.leader')!);
    milliseconds.push(performance.now() - started);
    shown += candidates.length;
    right += candidates.filter(({ id }) => id === truth).length;
    if (truth && candidates.some(({ id }) => id === truth)) found++;
  };
  for (let index = 0; index < originals; index++) {
    const original = aPetition(random, random.pick(communes));
    const {
      petition: { id },
    } = await petitions.file(original, officials.get('city.clerk')!);
    await check(filedAgain(original, random), id);
    // The same person with another matter about the same office, and somebody else with the same one in his own words.
    await check({ ...aPetition(random, original.respondent!.unitId), parties: original.parties }, null);
    await check(retold(original, random), null);
  }
  milliseconds.sort((one, other) => one - other);
  return {
    checks: milliseconds.length,
    medianMilliseconds: milliseconds[Math.floor(milliseconds.length / 2)]!,
    p95Milliseconds: milliseconds[Math.floor(milliseconds.length * 0.95)]!,
    recall: found / originals,
    precision: right / shown,
  };
}

const openings = [
  'Gia đình tôi sử dụng thửa đất số {n} tại {place} từ năm {year}',
  'Ngày {day}, UBND phường ra quyết định số {n} xử phạt tôi {m} triệu đồng về trật tự xây dựng tại {place}',
  'Tôi nộp hồ sơ cấp giấy chứng nhận số {n} từ ngày {day} cho căn nhà tại {place} mà chưa có kết quả',
  'Mẹ tôi là người có công, hồ sơ số {n}, bị dừng trợ cấp từ ngày {day}',
  'Nhà số {n} {place} đổ phế thải và lấn chiếm lối đi chung từ năm {year}',
  'Dự án mở đường qua {place} thu hồi {m} mét vuông đất của tôi theo thông báo số {n}',
];
const details = [
  'Cán bộ địa chính đến đo đạc ngày {day} nhưng không lập biên bản tại chỗ',
  'Diện tích ghi trong hồ sơ là {m} mét vuông, thực tế tôi sử dụng {n} mét vuông',
  'Tôi đã nộp thuế đất đầy đủ từ năm {year} và còn giữ {m} biên lai',
  'Hàng xóm hai bên đều xác nhận ranh giới ổn định, không có tranh chấp',
  'Ngày {day} tôi đến bộ phận một cửa thì được trả lời phải chờ ý kiến cấp trên',
  'Phương án bồi thường tính theo giá năm {year}, thấp hơn thị trường nhiều lần',
  'Biên bản có chữ ký của người không phải là chủ hộ',
  'Tôi không nhận được văn bản nào mà chỉ được thông báo qua điện thoại',
  'Công trình đã có giấy phép sửa chữa số {n} cấp ngày {day}',
  'Nhà tôi bị nứt tường và ngập nước sau khi thi công',
  'Tổ dân phố đã họp ngày {day} và kiến nghị giữ nguyên hiện trạng',
  'Khoản tiền {m} triệu đồng đã nộp không có phiếu thu',
  'Người ký quyết định không có thẩm quyền theo quy định',
  'Con tôi phải nghỉ học vì gia đình không còn chỗ ở',
];
const requests = [
  'Đề nghị huỷ quyết định và đo đạc lại',
  'Đề nghị xem xét, giải quyết và trả lời bằng văn bản',
  'Kính mong được đối thoại trực tiếp với người có thẩm quyền',
  'Đề nghị bồi thường theo đúng giá đất hiện hành',
];

interface Random {
  between: (from: number, to: number) => number;
  pick: <T>(from: readonly T[]) => T;
}

function aPetition(random: Random, unitId: string): NewPetition {
  const fill = (sentence: string): string =>
    sentence
      .replaceAll('{n}', String(random.between(11, 989)))
      .replaceAll('{m}', String(random.between(12, 180)))
      .replaceAll('{place}', random.pick(places))
      .replaceAll('{year}', String(random.between(1980, 2020)))
      .replaceAll('{day}', `${random.between(1, 28)} tháng ${random.between(1, 12)} năm ${random.between(2022, 2026)}`);
  const chosen = shuffled(details, random).slice(0, random.between(4, 7));
  const sentences = [random.pick(openings), ...chosen, random.pick(requests)].map(fill);
  return {
    kind: 'complaint',
    subject: 'administrative',
    channel: 'in_person',
    receivedOn: '2026-05-11',
    writtenOn: null,
    summary: sentences[0]!,
    content: `${sentences.join('. ')}.`,
    fieldCode: null,
    respondent: { type: 'agency', unitId },
    matterUnitId: null,
    parties: [aPerson(random)],
    signatories: 1,
    remoteArea: false,
    complexity: 'normal',
    multiplePlaces: false,
    decisionKnownOn: null,
    forwardedBy: null,
    alsoSentToUnitIds: [],
    priorHandling: [],
    relatedTo: [],
  };
}

function aPerson(random: Random): Party {
  return {
    role: 'petitioner',
    type: 'person',
    name: personName(random.pick),
    nationalId: random.between(1, 3) === 1 ? null : `0011${String(random.between(0, 99_999_999)).padStart(8, '0')}`,
    address: `Số ${random.between(1, 200)} ${random.pick(places)}`,
    phone: null,
    birthYear: random.between(1940, 2000),
    office: null,
    authorisation: null,
    personId: null,
  };
}

/** The same petition, brought a second time: written again by hand, entered by another clerk. */
function filedAgain(petition: NewPetition, random: Random): NewPetition {
  const changes = shuffled([slips, tonesElsewhere, withoutDiacritics, reordered, shortened], random).slice(0, random.between(1, 3));
  const content = changes.reduce((text, change) => change(text, random), petition.content);
  const [person] = petition.parties as [Party];
  const sometimes = <T>(value: T): T | null => (random.between(1, 3) === 1 ? null : value);
  const party = {
    ...person,
    name: random.pick([person.name, person.name.toUpperCase(), withoutDiacritics(person.name), tonesElsewhere(person.name)]),
    nationalId: sometimes(person.nationalId),
    address: sometimes(person.address),
    birthYear: sometimes(person.birthYear),
  };
  return { ...petition, summary: random.pick(requests), content, parties: [party] };
}

/** The same matter in other words: about half of the sentences are the same, and the facts in them are others. */
function retold(petition: NewPetition, random: Random): NewPetition {
  const other = aPetition(random, petition.respondent!.unitId);
  const own = petition.content.split('. ');
  const kept = own.slice(0, Math.ceil(own.length / 2)).map((sentence) => sentence.replace(/\d+/g, () => String(random.between(1, 900))));
  return { ...other, content: [...kept, ...other.content.split('. ').slice(1)].join('. '), parties: [aPerson(random)] };
}

/** About every twentieth word has a slip of the pen: a letter left out, or two that changed places. */
function slips(text: string, random: Random): string {
  return text
    .split(' ')
    .map((word) => {
      if (word.length < 3 || random.between(1, 20) > 1) return word;
      const at = random.between(0, word.length - 2);
      const [before, after] = [word.slice(0, at), word.slice(at + 2)];
      return random.between(1, 2) === 1 ? before + word[at + 1]! + after : before + word[at + 1]! + word[at]! + after;
    })
    .join(' ');
}

function tonesElsewhere(text: string): string {
  return text.replaceAll('oà', 'òa').replaceAll('uý', 'úy').replaceAll('uỷ', 'ủy').replaceAll('oá', 'óa');
}

function withoutDiacritics(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}

function reordered(text: string, random: Random): string {
  return shuffled(text.split('. '), random).join('. ');
}

function shortened(text: string, random: Random): string {
  const sentences = text.split('. ');
  sentences.splice(random.between(1, sentences.length - 1), 1);
  return sentences.join('. ');
}

function shuffled<T>(from: readonly T[], random: Random): T[] {
  const rest = [...from];
  return Array.from({ length: rest.length }, () => rest.splice(random.between(0, rest.length - 1), 1)[0]!);
}

/** The same set every time (a linear congruential generator). */
function randomFrom(seed: number): Random {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { between, pick: (from) => from[between(0, from.length - 1)]! };
}

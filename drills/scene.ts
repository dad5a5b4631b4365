import type { Client, Json } from '../test/support/client.js';
import { anOffice, aPeriodicSession, daysAhead, must, workingDays } from '../test/support/reception.ts';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, unitId } from '../test/support/stories.ts';
import type { Chance } from '../fuzz/chance.ts';
import type { Acknowledged, Act, Order } from './acknowledged.ts';

const clerk = 'commune.clerk';
const cityClerk = 'city.clerk';
const signer = { signerTitle: 'Chủ tịch', signerName: 'Phạm Đức Sơn' };
const days = { receivedOn: daysAhead(-10), writtenOn: daysAhead(-12) };

/** How often each act is done, of all. */
const shares: Record<Act, number> = { file: 30, step: 8, visit: 14, attach: 14, book: 8, transfer: 6, paper: 8, ticket: 8, call: 4 };
/** An act that a client may be told is not possible, with what it is told then. */
export const mayBeRefused: Partial<Record<Act, number>> = { call: 409 };

/** An office, sessions that can be booked, and what the clients wrote there so far: what may be written next. */
export class Scene {
  private readonly unit: string;
  private readonly office: Json;
  private readonly sessions: Json[];
  private readonly complaints: string[] = [];
  private readonly guidable: string[] = [];
  private readonly transferable: string[] = [];
  private booked = 0;
  private made = 0;

  private constructor(unit: string, office: Json, sessions: Json[]) {
    this.unit = unit;
    this.office = office;
    this.sessions = sessions;
  }

  /** @param by the clerk of the commune */
  static async at(by: Client): Promise<Scene> {
    const office = await anOffice(by);
    const open = await workingDays(by, 20, 3);
    const slots = { startsAt: '08:00', endsAt: '11:30', slotMinutes: 10, placesPerSlot: 100 };
    const sessions = [];
    for (const day of open) sessions.push(await must(201, by.post('/reception-sessions', aPeriodicSession(office, day, slots))));
    return new Scene(await unitId(by, '00004', daysAhead(0)), office, sessions);
  }

  get officeId(): string {
    return this.office.id;
  }

  /** The next order of a client; never one that depends on something that was not acknowledged. */
  order(chance: Chance): Order {
    const act = this.choose(chance);
    // No digits that could be those of somebody's papers.
    const tag = `lần ${letters(++this.made)}`;
    return { act, tag, key: `drill-${act}-${this.made}-${chance.int(0, 1e9)}`, ...this.wordsOf(act, tag, chance) };
  }

  /** An upload of given bytes to a petition of the commune, or undefined where there is none yet. */
  upload(chance: Chance, content: string, who = clerk): Order | undefined {
    const [petition] = this.complaints.slice(chance.int(0, Math.max(0, this.complaints.length - 1)));
    if (!petition) return undefined;
    const tag = `lần ${letters(++this.made)}`;
    return { act: 'attach', tag, key: `drill-race-${this.made}-${chance.int(0, 1e9)}`, who, ...attaching(petition, tag, content) };
  }

  /** What follows from an answer for the orders to come. */
  learn({ order, answer }: Acknowledged): void {
    if (order.act !== 'file') return;
    if (order.who === cityClerk) this.transferable.push(answer.id);
    else if (answer.kind === 'complaint') {
      this.complaints.push(answer.id);
      this.guidable.push(answer.id);
    }
  }

  private choose(chance: Chance): Act {
    const possible = Object.entries(shares).filter(([act]) => this.isPossible(act as Act)) as [Act, number][];
    let left = chance.next() * possible.reduce((sum, [, share]) => sum + share, 0);
    for (const [act, share] of possible) if ((left -= share) < 0) return act;
    return 'file';
  }

  private isPossible(act: Act): boolean {
    if (act === 'step') return this.guidable.length > 20;
    if (act === 'transfer') return this.transferable.length > 0;
    if (act === 'attach' || act === 'paper') return this.complaints.length > 0;
    return act !== 'book' || this.booked < this.sessions.length * 2_000;
  }

  private wordsOf(act: Act, tag: string, chance: Chance): Pick<Order, 'who' | 'path' | 'body' | 'upload'> {
    switch (act) {
      case 'file':
        return { path: '/petitions', ...this.petition(tag, chance) };
      case 'step':
        return {
          who: clerk,
          path: `/petitions/${this.guidable.shift()}/guidance`,
          body: { guidedOn: daysAhead(-4), content: `Hướng dẫn gửi đúng nơi, ${tag}.` },
        };
      case 'visit':
        return { who: clerk, path: '/reception-visits', body: this.visit(tag) };
      case 'attach':
        return { who: clerk, ...attaching(chance.one(this.complaints), tag, `${tag} ${'x'.repeat(chance.int(10, 40_000))}`) };
      case 'book': {
        const at = this.booked++;
        const minute = 480 + 10 * (at % 20);
        return {
          who: clerk,
          path: `/reception-sessions/${this.sessions[Math.floor(at / 2_000)]!.id}/appointments`,
          body: {
            slotAt: `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
            name: 'Trần Thị Bình',
            phone: `09${String(10_000_000 + at)}`,
            matter: `Đề nghị xem xét phương án bồi thường, ${tag}`,
            kind: 'complaint',
          },
        };
      }
      case 'transfer':
        return {
          who: cityClerk,
          path: `/petitions/${this.transferable.shift()}/transfers`,
          body: { toUnitId: this.unit, reason: `Chuyển theo Điều 24 Luật Tố cáo, ${tag}`, sentOn: daysAhead(-8) },
        };
      case 'paper':
        return {
          who: clerk,
          path: '/documents',
          body: {
            paper: 'receipt',
            petitionId: chance.one(this.complaints),
            ...signer,
            issuedOn: daysAhead(-5),
            recipients: [`Như trên, ${tag}`],
            fields: { papers: [{ name: 'Đơn', copies: '01' }] },
          },
        };
      case 'ticket':
        return { who: clerk, path: `/reception-offices/${this.office.id}/tickets`, body: {} };
      case 'call':
        return { who: clerk, path: `/reception-offices/${this.office.id}/calls`, body: { roomId: this.office.rooms[0].id } };
    }
  }

  private petition(tag: string, chance: Chance): Pick<Order, 'who' | 'body'> {
    const summary = (words: string): object => ({ ...days, summary: `${words}, ${tag}` });
    const kind = chance.int(0, 9);
    if (kind < 2) return { who: cityClerk, body: aDenunciationOf(this.unit, 'official', summary('Tố cáo công chức địa chính thu tiền')) };
    if (kind < 4) return { who: clerk, body: aDenunciationOf(this.unit, 'official', summary('Tố cáo công chức địa chính')) };
    if (kind < 6) return { who: clerk, body: aReflectionOn(this.unit, { ...summary('Đèn đường hỏng'), writtenOn: undefined }) };
    return { who: clerk, body: aComplaintAbout(this.unit, summary('Khiếu nại quyết định thu hồi đất')) };
  }

  private visit(tag: string): Json {
    return {
      officeId: this.office.id,
      kind: 'complaint',
      fieldCode: 'land_housing',
      visitors: [{ name: 'Trần Văn Bình' }],
      matter: `Khiếu nại quyết định thu hồi đất, ${tag}`,
      content: 'Gia đình không đồng ý với diện tích thu hồi 25 m².',
      receiverName: 'Nguyễn Thị Hoà',
    };
  }
}

function attaching(petition: string, tag: string, content: string): Pick<Order, 'path' | 'upload'> {
  return {
    path: `/petitions/${petition}/attachments`,
    upload: { name: `don ${tag}.pdf`, content: `%PDF-1.4\n% ${content}\n`, fields: { purpose: 'petition' } },
  };
}

/** A running number in letters: a, b, …, z, ba, … */
function letters(number: number): string {
  const rest = number >= 26 ? letters(Math.floor(number / 26)) : '';
  return rest + String.fromCharCode(97 + (number % 26));
}

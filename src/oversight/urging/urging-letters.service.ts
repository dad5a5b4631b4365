import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { DocumentsService } from '../../petitions/documents/documents.service.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { NeutralWords } from '../../petitions/identity/neutral-words.js';
import { Problem } from '../../platform/problems/problem.js';
import { UrgingService } from '../../routing/urging.service.js';
import { asWritten, isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import { officeName, type Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import type { Letter, LetterOrder, LetterRow, ProposedRow } from './urging.js';
import { lateOf, letterList } from './urging.queries.js';
import { UrgingProposalsService } from './urging-proposals.service.js';

export interface LetterFilter {
  direction?: 'in' | 'out';
  unitId?: string;
  answered?: boolean;
  limit?: number;
  cursor?: string;
}

/** Petitions of one request: each is locked and written to, so that more would hold too much for too long. */
const mostPetitions = 500;

const kindNames = { complaint: 'Đơn khiếu nại', denunciation: 'Đơn tố cáo', recommendation: 'Đơn kiến nghị', reflection: 'Phản ánh' };

/** Urging letters about many petitions: one for each unit, with its number and its paper. */
@Injectable()
export class UrgingLettersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly calendars: CalendarService,
    private readonly urging: UrgingService,
    private readonly proposals: UrgingProposalsService,
    private readonly documents: DocumentsService,
    private readonly words: NeutralWords,
  ) {}

  /**
   * Writes a letter to each unit that the petitions lie with, or to each of the units about everything that is proposed.
   * @throws Problem naming the field: a petition that is not late or not in sight, a unit without anything to urge, too many
   */
  send(order: LetterOrder, by: Official): Promise<Letter[]> {
    return this.transactions.run(async (tx) => {
      const petitions = await this.petitionsOf(order, by);
      if (petitions.length > mostPetitions)
        throw Problem.field('validation-failed', order.petitionIds.length > 0 ? '/petitionIds' : '/toUnitIds', 'too_many', {
          vi: `Mỗi lần đôn đốc nhiều nhất ${mostPetitions} đơn; đang có ${petitions.length}.`,
          en: `At most ${mostPetitions} petitions at a time; these are ${petitions.length}.`,
        });
      const urgedOn = today();
      const answerBy = order.answerBy ?? (await this.calendars.upToDate(tx)).addWorkingDays(urgedOn, 10);
      if (answerBy < urgedOn)
        throw Problem.field('validation-failed', '/answerBy', 'in_the_past', {
          vi: 'Hạn trả lời không được trước hôm nay.',
          en: 'Must not be before today.',
        });
      const letters: Letter[] = [];
      // In the order of the units, so that two who urge at once cannot wait for each other.
      for (const unitId of [...new Set(petitions.map((petition) => petition.unitId))].sort())
        letters.push(
          await this.write(
            this.units.structure.get(unitId),
            petitions.filter((petition) => petition.unitId === unitId),
            { ...order, urgedOn, answerBy },
            by,
          ),
        );
      return letters;
    });
  }

  /** Those that the caller's office sent or was sent, the latest first. */
  async list({ direction, unitId, answered, limit = defaultLimit, cursor }: LetterFilter, by: Official): Promise<Page<LetterRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const units = unitId ? this.scope.unitsAsked(by, unitId, false) : [...this.scope.actingUnits(by)];
    const ends = direction === 'in' ? [null, units] : direction === 'out' ? [units, null] : [null, null];
    const rows = await this.rows([null, ...ends, answered ?? null], after, limit + 1, by);
    return page(
      rows,
      limit,
      ({ urgedOn, id }) => [urgedOn, id],
      (row) => row,
    );
  }

  /** @throws Problem `not-found`, also for letters between other units */
  async get(id: string, by: Official): Promise<Letter> {
    const [row] = await this.rows([id, null, null, null], [null, null], 1, by);
    if (!row) throw Problem.notFound('công văn đôn đốc này', 'urging letter');
    return { ...row, urgings: await this.urging.ofLetter(id) };
  }

  /** The unit answers a letter: everything in it that is not answered yet. */
  answer(id: string, answer: { answeredOn: LegalDate; answer: string }, by: Official): Promise<Letter> {
    return this.transactions.run(async () => {
      const { urgings } = await this.get(id, by);
      const waiting = urgings.filter(({ answeredOn }) => answeredOn === null);
      if (waiting.length === 0)
        throw new Problem('action-not-allowed', { vi: 'Công văn đã được trả lời.', en: 'The letter has been answered.' });
      await this.urging.answer(
        waiting.map((urging) => urging.id),
        answer,
        by,
      );
      return this.get(id, by);
    });
  }

  private async write(
    to: Unit,
    petitions: readonly ProposedRow[],
    { content, urgedOn, answerBy, signerTitle, signerName, place }: LetterOrder & { urgedOn: LegalDate; answerBy: LegalDate },
    by: Official,
  ): Promise<Letter> {
    const toUnit = officeName(to).vi;
    const words = await this.words.about(
      petitions.map((petition) => petition.petitionId),
      { content },
      by,
    );
    const document = await this.documents.make(
      {
        paper: 'urging_letter_several',
        issuedOn: urgedOn,
        place,
        signerTitle,
        signerName,
        recipients: ['Như trên'],
        addresseeUnitIds: [to.id],
        gist: `Đôn đốc ${toUnit} giải quyết ${petitions.length} đơn quá hạn`,
        fields: { urgingContent: words.content, replyBy: asWritten(answerBy) },
        context: {
          toUnit,
          asOf: asWritten(urgedOn),
          petitionCount: String(petitions.length),
          petitions: petitions.map((petition) => ({
            petitionKind: kindNames[petition.kind],
            petitionNumber: petition.number,
            receivedOn: asWritten(petition.receivedOn),
            summary: petition.summary,
            dueOn: asWritten(petition.dueOn),
            daysOver: String(petition.daysOver),
          })),
        },
      },
      by,
    );
    const [letter] = await this.transactions.manager.query<{ id: string }[]>(
      `insert into urging_letter (from_unit_id, to_unit_id, document_id, content, urged_on, answer_by, created_by) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [this.scope.home(by).id, to.id, document.id, words.content, urgedOn, answerBy, by.accountId],
    );
    // In one order for everybody, for the same reason.
    for (const petitionId of petitions.map((petition) => petition.petitionId).sort())
      await this.urging.urge(petitionId, { toUnitId: to.id, content: words.content, answerBy, letterId: letter!.id }, by);
    return this.get(letter!.id, by);
  }

  private async petitionsOf({ petitionIds, toUnitIds }: LetterOrder, by: Official): Promise<ProposedRow[]> {
    if ((petitionIds.length === 0) === (toUnitIds.length === 0))
      throw Problem.field('validation-failed', '/petitionIds', 'one_of_two', {
        vi: 'Nêu đúng một trong hai: petitionIds hoặc toUnitIds.',
        en: 'Name one of the two: petitionIds or toUnitIds.',
      });
    if (toUnitIds.length > 0) return this.proposals.all(toUnitIds, by);
    const late = await this.transactions.rows<ProposedRow & Record<string, unknown>>(lateOf, [
      today(),
      this.proposals.urgeable(by),
      petitionIds,
    ]);
    const known = new Set(late.map(({ petitionId }) => petitionId));
    const index = petitionIds.findIndex((id) => !known.has(id));
    if (index >= 0)
      throw Problem.field('validation-failed', `/petitionIds/${index}`, 'not_late', {
        vi: 'Đơn không quá hạn tại đơn vị cấp dưới, hoặc không có trong phạm vi của bạn.',
        en: 'The petition is not late at a unit below, or not in your scope.',
      });
    return late;
  }

  private rows(values: unknown[], after: unknown[], limit: number, by: Official): Promise<LetterRow[]> {
    const { roots, subtree } = this.scope.visible(by);
    return this.transactions.rows<LetterRow & Record<string, unknown>>(letterList, [today(), ...values, roots, subtree, ...after, limit]);
  }
}

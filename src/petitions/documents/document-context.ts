import { kindNames } from '../../rules/petition-kind.js';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { ComplexityService } from '../complexity.service.js';
import type { EventRow, PetitionDetailRow } from '../petition.js';
import { PetitionsService } from '../petitions.service.js';
import { type DialogueResult, DialoguesService } from '../resolution/dialogues.service.js';

import { VerificationsService } from '../resolution/verifications.service.js';
import type { PetitionKind, Stage } from '../../rules/evaluation/filing.js';
import { complexityCriteria, complexityNames } from '../../rules/resolution/complexity.js';
import type { Presider } from '../../rules/resolution/dialogue-presider.js';
import { groundsInForce } from '../../rules/resolution/ending-grounds.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { inVietnamese } from '../../rules/source.js';
import { officeName, type Unit } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import type { TemplateValues } from './fill-template.js';

/** A document as far as its own heading and signature go. */
export interface DocumentFacts {
  number: string;
  issuedOn: LegalDate;
  place: string | null;
  signerTitle: string;
  signerName: string;
  recipients: string[];
}

const stageNames: Record<Stage, string> = { first: 'lần đầu', second: 'lần hai', continuing: 'tố cáo tiếp' };
const positionNames = { head: 'người đứng đầu', deputy_head: 'cấp phó của người đứng đầu', official: 'công chức, viên chức' };
const complexityBasis: Partial<Record<PetitionKind, string>> = {
  complaint: 'Điều 3a Nghị định số 124/2020/NĐ-CP (được bổ sung bởi Nghị định số 155/2026/NĐ-CP)',
  denunciation: 'Điều 3 Nghị định số 31/2019/NĐ-CP',
};
const presiderNames: Record<Presider, string> = {
  resolver: 'người giải quyết khiếu nại',
  deputy: 'cấp phó của người giải quyết khiếu nại',
  head_of_department: 'thủ trưởng cơ quan chuyên môn',
  head_of_verifying_unit: 'thủ trưởng đơn vị được giao xác minh',
};
const memberRoles = { official: 'người xác minh', head: 'Tổ trưởng', member: 'Thành viên' };

/** Who denounced is named in no paper that is made here. */
const secret = '(thông tin về người tố cáo được giữ bí mật)';

/** What the placeholders of a paper stand for: the unit, the register and the petition as it is now. */
@Injectable()
export class DocumentContext {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly verifications: VerificationsService,
    private readonly complexity: ComplexityService,
    private readonly dialogues: DialoguesService,
    private readonly units: UnitDirectory,
  ) {}

  ofDocument(unit: Unit, { number, issuedOn, place, signerTitle, signerName, recipients }: DocumentFacts): TemplateValues {
    const { structure } = this.units;
    const superior = structure.superiorOn(unit, issuedOn);
    const [year = '', month = '', day = ''] = issuedOn.split('-');
    return {
      superiorBody: superior ? officeName(superior).vi.toUpperCase() : '',
      issuingBody: officeName(unit).vi.toUpperCase(),
      issuer: officeName(unit).vi,
      number,
      place: place ?? structure.authorityOf(unit, issuedOn).name.replace(/^(Thành phố|Tỉnh|Quận|Huyện|Phường|Xã|Thị trấn) /, ''),
      // Days below ten and the first two months are written with a nought (Decree 30/2020/NĐ-CP).
      day,
      month: Number(month) > 2 ? String(Number(month)) : month,
      year,
      signerTitle: signerTitle.toUpperCase(),
      signerName,
      recipients: recipients.map((name) => ({ name })),
    };
  }

  async ofPetition(id: string, by: Official): Promise<{ petition: PetitionDetailRow; values: TemplateValues }> {
    const petition = await this.petitions.get(id, by);
    const events = await this.petitions.history(id, by);
    const complexity = (await this.complexity.list(id, by)).at(-1);
    const verification = (await this.verifications.list(id, by)).at(-1);
    const dialogue = (await this.dialogues.list(id, by)).at(-1);
    const last = events.findLast(({ type }) => triageEvents.includes(type));
    const resolution = petition.limits.findLast(({ ruleId, voidOn }) => /\.resolution|settlement/.test(ruleId) && !voidOn);
    const open = petition.limits.find(({ metOn, voidOn }) => !metOn && !voidOn);
    const petitioner = petition.parties.find(({ role }) => role === 'petitioner');
    const hidden = petition.identitySecret;
    return {
      petition,
      values: {
        petitionNumber: petition.number,
        petitionKind: `đơn ${kindNames[petition.kind]}`,
        kindName: kindNames[petition.kind],
        stageName: petition.stage ? stageNames[petition.stage] : '',
        receivedOn: asWritten(petition.receivedOn),
        ...(petition.writtenOn && { writtenOn: asWritten(petition.writtenOn) }),
        ...(hidden && { petitioner: secret, petitionerAddress: secret }),
        ...(!hidden && petitioner && { petitioner: petitioner.name }),
        ...(!hidden && petitioner?.address && { petitionerAddress: petitioner.address }),
        signatories: String(petition.signatories),
        summary: petition.summary,
        respondent: this.respondentOf(petition),
        ...(petition.competentUnitId && { competentUnit: this.office(petition.competentUnitId) }),
        priorHandling: this.priorHandlingOf(petition),
        ...(petition.acceptedOn && { acceptedOn: asWritten(petition.acceptedOn) }),
        ...((resolution ?? open) && { dueOn: asWritten((resolution ?? open)!.dueOn) }),
        ...this.ofLastStep(petition, last),
        authorities: petition.parts.map(({ summary, competentUnitId }, index) => ({
          index: String(index + 1),
          matter: summary,
          authority: competentUnitId ? this.office(competentUnitId) : '………………',
        })),
        members: (verification?.members ?? []).map(({ name, office, role }, index) => ({
          index: String(index + 1),
          name,
          office: office ?? '………………',
          role: memberRoles[role],
        })),
        criteria: complexityCriteria
          .filter((criterion) => complexity?.criteria.includes(criterion.id))
          .map(({ letter, title }) => ({ letter, criterion: title.vi })),
        ...(complexity && {
          complexityName: complexityNames[complexity.complexity],
          complexityReason: complexity.reason,
          complexityBasis: complexityBasis[petition.kind],
        }),
        participants: [],
        ...(dialogue && ofDialogue(dialogue)),
        ...ofStop(petition, events),
        ...(verification && { verificationPurpose: verification.purpose, verificationDueOn: asWritten(verification.dueOn) }),
      },
    };
  }

  /** The code that its holder looks up the status with; it is printed on the receipt alone. */
  async statusCode(petitionId: string): Promise<string> {
    const [row] = await this.transactions.manager.query<{ code: string }[]>('select status_code as code from petition where id = $1', [
      petitionId,
    ]);
    return row!.code;
  }

  private ofLastStep({ competentUnitId }: PetitionDetailRow, last: EventRow | undefined): TemplateValues {
    const facts = (last?.facts ?? {}) as { toUnitId?: string; replyBy?: string; returnedTo?: string };
    const toUnitId = facts.toUnitId ?? competentUnitId;
    return {
      ...(toUnitId && { toUnit: this.office(toUnitId) }),
      ...(last?.reason && { reason: last.reason, guidanceContent: last.reason }),
      ...(facts.replyBy && { replyBy: asWritten(facts.replyBy) }),
      ...(facts.returnedTo && { returnedTo: facts.returnedTo }),
    };
  }

  private respondentOf({ respondent, matterUnitId }: PetitionDetailRow): string {
    if (!respondent) return matterUnitId ? this.office(matterUnitId) : '………………';
    const office = this.office(respondent.unitId);
    if (respondent.type === 'agency') return office;
    const position = respondent.position ? positionNames[respondent.position] : 'công chức, viên chức';
    return respondent.name ? `${respondent.name}, ${position} của ${office}` : `${position} của ${office}`;
  }

  private priorHandlingOf({ priorHandling }: PetitionDetailRow): string {
    if (priorHandling.length === 0) return 'chưa có';
    return priorHandling
      .map(
        ({ unitId, stage, decidedOn }) =>
          `${this.office(unitId)} (${stageNames[stage]}${decidedOn ? `, giải quyết ngày ${asWritten(decidedOn)}` : ''})`,
      )
      .join('; ');
  }

  private office(unitId: string): string {
    return officeName(this.units.structure.get(unitId)).vi;
  }
}

/** Where the complainant stayed away the minutes say why (Decree 124/2020/NĐ-CP, Mẫu số 14). */
function ofDialogue(dialogue: DialogueResult): TemplateValues {
  const { heldOn, place, participants, minutes, presidedBy, presiderName } = dialogue;
  return {
    dialogueOn: asWritten(heldOn),
    dialoguePlace: place,
    dialoguePresider: presiderName ?? presiderNames[presidedBy ?? 'resolver'],
    participants: participants.map(({ name, capacity }, index) => ({ index: String(index + 1), name, capacity })),
    attendance: attendanceOf(dialogue),
    dialogueMinutes: minutes,
  };
}

function attendanceOf({ complainantAttended, absenceWithoutReason, absenceReason }: DialogueResult): string {
  if (complainantAttended) return 'Người khiếu nại tham gia đối thoại';
  if (absenceWithoutReason) return 'Người khiếu nại vắng mặt không có lý do';
  return absenceReason ? `Người khiếu nại vắng mặt có lý do: ${absenceReason}` : 'Người khiếu nại vắng mặt';
}

/** The last order to stop, to end or to go on, with its ground as the law has it. */
function ofStop({ kind }: PetitionDetailRow, events: readonly EventRow[]): TemplateValues {
  const stop = events.findLast(({ type }) => type === 'suspended' || type === 'terminated' || type === 'resumed');
  const suspension = events.findLast(({ type }) => type === 'suspended');
  const order = stop?.type === 'terminated' ? 'termination' : 'suspension';
  const code = (stop?.facts as { ground?: string } | undefined)?.ground;
  const ground = stop && groundsInForce(order, kind, stop.occurredOn).find((one) => one.code === code);
  return {
    ...(suspension && { suspendedOn: asWritten(suspension.occurredOn) }),
    ...(stop?.reason && { reason: stop.reason }),
    ...(ground && { legalBasis: `${inVietnamese(ground.sources[0]!)}: ${ground.title.vi}` }),
  };
}

const triageEvents = ['guided', 'transferred', 'returned', 'refused', 'filed_away', 'parts_guided', 'referred', 'terminated'];

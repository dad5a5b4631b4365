import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { kindNames } from '../../rules/petition-kind.js';
import { type DocumentOrder, DocumentsService } from '../../petitions/documents/documents.service.js';
import type { TemplateValues } from '../../petitions/documents/fill-template.js';
import type { PaperCode } from '../../petitions/papers.js';
import { Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { own } from '../../platform/text/own.js';
import { basisOf, type RefusalGround, refusalOn } from '../../rules/reception/refusals.js';
import { receptionDecree2026, receptionLaw, type Source } from '../../rules/source.js';
import { appointmentContext } from '../appointments/appointment-papers.service.js';
import { AppointmentsService } from '../appointments/appointments.service.js';
import { OfficesService } from '../offices/offices.service.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import { hourOf } from '../sessions/moments.js';
import type { Visit } from './visit.js';
import { VisitsService } from './visits.service.js';

/** Papers that a visit makes, filled in from the ledger. */
export const visitPapers = [
  'receipt',
  'reception_minutes',
  'appointment_slip',
  'reception_refusal',
  'denunciation_minutes',
] as const satisfies readonly PaperCode[];
export type VisitPaper = (typeof visitPapers)[number];

export type PaperOrder<Code extends PaperCode> = Omit<DocumentOrder, 'paper' | 'petitionId' | 'context' | 'about'> & { paper: Code };

const secret = '(thông tin về người tố cáo được giữ bí mật)';

/** Receipts, minutes, appointment slips and refusals, made from what the ledger says. */
@Injectable()
export class VisitPapersService {
  constructor(
    private readonly visits: VisitsService,
    private readonly offices: OfficesService,
    private readonly appointments: AppointmentsService,
    private readonly documents: DocumentsService,
    private readonly access: UnitResponsibility,
  ) {}

  /** @throws Problem naming `/paper` where the visit has nothing that it would be about */
  async make(visitId: string, order: PaperOrder<VisitPaper>, by: Official): ReturnType<DocumentsService['make']> {
    const visit = await this.visits.get(visitId, by);
    this.access.mustActFor(by, visit.unitId);
    mustHaveReason(visit, order.paper);
    return this.documents.make(
      {
        ...order,
        petitionId: visit.result === 'petition_opened' ? visit.petitionId : null,
        gist: order.gist ?? `Lượt tiếp ${visit.number}`,
        context: await this.contextOf(visit, by),
        about: { visitId, withheld: visit.identitySecret },
      },
      by,
    );
  }

  private async contextOf(visit: Visit, by: Official): Promise<TemplateValues> {
    const office = await this.offices.find(visit.officeId);
    const names = visit.identitySecret ? secret : visit.visitors.map(({ name }) => name).join(', ');
    const [address, identity] = (['address', 'nationalId'] as const).map((attribute) =>
      visit.identitySecret ? secret : visit.visitors.find((visitor) => visitor[attribute])?.[attribute],
    );
    const receptionPlace = `${office.name}, ${office.address}`;
    return {
      petitioner: names,
      petitionerAddress: address ?? '',
      visitorName: names,
      visitorAddress: address ?? '',
      ...(identity && { visitorIdentity: identity }),
      matterKind: kindNames[visit.kind],
      receivedOn: asWritten(visit.visitedOn),
      visitOn: asWritten(visit.visitedOn),
      time: hourOf(visit.startedAt),
      ...(visit.endedAt && { endTime: hourOf(visit.endedAt) }),
      receptionPlace,
      receiverName: visit.receiverName,
      petitionNumber: visit.petitionNumber ?? visit.number,
      summary: visit.matter,
      matter: visit.matter,
      statement: visit.content || visit.matter,
      ...(visit.resultNote && { conclusion: visit.resultNote, opinion: visit.resultNote }),
      ...(visit.refusalReason && { reason: visit.refusalReason }),
      ...(visit.refusalGround && refusalContext(visit.visitedOn, visit.refusalGround)),
      papers: visit.papers.map(({ name, copies, original }) => ({
        name: original ? `${name} (bản gốc)` : name,
        copies: String(copies).padStart(2, '0'),
      })),
      ...(visit.appointmentId && appointmentContext(await this.appointments.get(visit.appointmentId, by))),
    };
  }
}

function refusalContext(visitedOn: LegalDate, ground: RefusalGround): TemplateValues {
  const refusal = refusalOn(visitedOn, ground);
  return refusal ? { legalBasis: inWords(basisOf(refusal)), refusalGround: refusal.title.vi } : {};
}

/** An article as papers name it, the smallest part first: `9(3)` of the law is "khoản 3 Điều 9 Luật Tiếp công dân …". */
function inWords({ instrument, article = '' }: Source): string {
  const [whole, clause, point] = article.split(/[()]+/).filter(Boolean);
  return [point && `điểm ${point}`, clause && `khoản ${clause}`, `Điều ${whole}`, own(instruments, instrument) ?? instrument]
    .filter(Boolean)
    .join(' ');
}

const instruments: Record<string, string> = {
  [receptionLaw]: `Luật Tiếp công dân số ${receptionLaw}`,
  [receptionDecree2026]: `Nghị định số ${receptionDecree2026} ngày 15 tháng 5 năm 2026 của Chính phủ`,
};

function mustHaveReason(visit: Visit, paper: VisitPaper): void {
  const fits = {
    receipt: visit.papers.length > 0,
    reception_minutes: true,
    appointment_slip: visit.appointmentId !== null,
    reception_refusal: visit.state === 'refused',
    denunciation_minutes: visit.kind === 'denunciation',
  }[paper];
  if (fits) return;
  throw Problem.field('validation-failed', '/paper', 'nothing_to_write', {
    vi: 'Lượt tiếp không có nội dung để lập văn bản này.',
    en: 'The visit has nothing that this paper would be about.',
  });
}

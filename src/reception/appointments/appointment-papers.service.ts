import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { dayOf } from '../../platform/text/today.js';
import { type DocumentOrder, DocumentsService } from '../../petitions/documents/documents.service.js';
import type { TemplateValues } from '../../petitions/documents/fill-template.js';
import type { Appointment } from './appointment.js';
import { AppointmentsService } from './appointments.service.js';
import { asWritten } from '../../platform/text/legal-date.js';

/** When and where an appointment is, for its slip. */
export function appointmentContext({ onDate, slotAt, officeName, address }: Appointment): TemplateValues {
  return {
    appointmentOn: asWritten(onDate),
    appointmentTime: slotAt,
    appointmentPlace: `${officeName}, ${address}`,
    appointmentPurpose: 'làm việc với người đứng đầu cơ quan về nội dung nêu trên',
  };
}

/** The slip of somebody who registered ahead. */
@Injectable()
export class AppointmentPapersService {
  constructor(
    private readonly appointments: AppointmentsService,
    private readonly documents: DocumentsService,
  ) {}

  /** @throws Problem `not-responsible` at another unit */
  async slip(
    id: string,
    order: Omit<DocumentOrder, 'paper' | 'petitionId' | 'context' | 'about'>,
    by: Official,
  ): ReturnType<DocumentsService['make']> {
    const appointment = await this.appointments.get(id, by);
    const context = {
      petitioner: appointment.booker?.name ?? '(thông tin được giữ bí mật)',
      petitionerAddress: appointment.booker?.address ?? '',
      receivedOn: asWritten(dayOf(appointment.createdAt.getTime())),
      summary: appointment.matter,
      petitionNumber: appointment.number,
      ...appointmentContext(appointment),
    };
    const gist = order.gist ?? `Lịch hẹn ${appointment.number}`;
    const about = { appointmentId: id, withheld: appointment.identitySecret };
    return this.documents.make({ ...order, paper: 'appointment_slip', petitionId: null, gist, context, about }, by);
  }
}

// Statutory reports: forms as data, counted from what happened; every figure opens into the list behind it; reports are signed, frozen, accepted and consolidated.
import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { FormReportsService } from './form-reports.service.js';
import { FormSetsService } from './form-sets.service.js';
import { FormsController } from './forms.controller.js';
import { ReportRows } from './report-rows.js';
import { DeadlinesService } from './submissions/deadlines.service.js';
import { NarrativeService } from './submissions/narrative.service.js';
import { OpeningFiguresService } from './submissions/opening-figures.service.js';
import { ReportStatusService } from './submissions/report-status.service.js';
import { SubmissionsController } from './submissions/submissions.controller.js';
import { SubmissionsService } from './submissions/submissions.service.js';

@Module({
  imports: [DocumentsModule],
  controllers: [FormsController, SubmissionsController],
  providers: [
    FormSetsService,
    FormReportsService,
    ReportRows,
    SubmissionsService,
    NarrativeService,
    ReportStatusService,
    DeadlinesService,
    OpeningFiguresService,
  ],
  exports: [FormReportsService, SubmissionsService, ReportStatusService, OpeningFiguresService],
})
export class ReportingModule {}

// Statutory reports: forms as data, counted from what happened; every figure opens into the list behind it; reports are signed, frozen, accepted and consolidated.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../petitions/attachments/attachments.module.js';
import { LimitsModule } from '../petitions/limits/limits.module.js';
import { DocumentsModule } from '../petitions/documents/documents.module.js';
import { JobsModule } from '../structure/jobs/jobs.module.js';
import { UnitSettingsModule } from '../petitions/unit-settings/unit-settings.module.js';
import { PdfService } from './files/pdf.service.js';
import { ReportFilesController } from './files/report-files.controller.js';
import { ReportFilesService } from './files/report-files.service.js';
import { WorkbooksService } from './files/workbooks.service.js';
import { AnalysisController } from './analysis/analysis.controller.js';
import { AnalysisService } from './analysis/analysis.service.js';
import { PivotService } from './analysis/pivot.service.js';
import { ForecastService } from './analysis/forecast.service.js';
import { FormReportsService } from './form-reports.service.js';
import { FormSetsService } from './form-sets.service.js';
import { FormsController } from './forms.controller.js';
import { ReportPageController } from './view/report-page.controller.js';
import { ReportRows } from './report-rows.js';
import { DeadlinesService } from './submissions/deadlines.service.js';
import { NarrativeService } from './submissions/narrative.service.js';
import { OpeningFiguresService } from './submissions/opening-figures.service.js';
import { ReportStatusService } from './submissions/report-status.service.js';
import { SubmissionsController } from './submissions/submissions.controller.js';
import { SubmissionsService } from './submissions/submissions.service.js';

@Module({
  imports: [AttachmentsModule, LimitsModule, DocumentsModule, JobsModule, UnitSettingsModule],
  controllers: [ReportPageController, FormsController, AnalysisController, ReportFilesController, SubmissionsController],
  providers: [
    FormSetsService,
    FormReportsService,
    ReportRows,
    SubmissionsService,
    NarrativeService,
    ReportStatusService,
    DeadlinesService,
    OpeningFiguresService,
    ReportFilesService,
    PdfService,
    WorkbooksService,
    PivotService,
    AnalysisService,
    ForecastService,
  ],
  exports: [FormReportsService, SubmissionsService, ReportStatusService, OpeningFiguresService],
})
export class ReportingModule {}

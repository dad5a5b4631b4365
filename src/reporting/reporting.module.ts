// Statutory reports: forms as data, counted from what happened; every figure opens into the list behind it.
import { Module } from '@nestjs/common';
import { FormReportsService } from './form-reports.service.js';
import { FormSetsService } from './form-sets.service.js';
import { FormsController } from './forms.controller.js';
import { ReportRows } from './report-rows.js';

@Module({
  controllers: [FormsController],
  providers: [FormSetsService, FormReportsService, ReportRows],
  exports: [FormReportsService],
})
export class ReportingModule {}

// Exchange: old ledgers coming in as files, the ledger going out as files.
import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments/attachments.module.js';
import { PetitionsModule } from '../petitions.module.js';
import { ExchangeController } from './exchange.controller.js';
import { LedgerExportService } from './ledger-export.service.js';
import { LedgerImportService } from './ledger-import.service.js';

@Module({
  imports: [PetitionsModule, AttachmentsModule],
  controllers: [ExchangeController],
  providers: [LedgerImportService, LedgerExportService],
})
export class ExchangeModule {}

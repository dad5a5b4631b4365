// Cases: which petitions concern one matter; links between petitions, duplicates, merging two cases and undoing a wrong merge.
import { Module } from '@nestjs/common';
import { PetitionsModule } from '../petitions.module.js';
import { CasesController } from './cases.controller.js';
import { CasesService } from './cases.service.js';
import { LinksController } from './links.controller.js';
import { LinksService } from './links.service.js';
import { MergesService } from './merges.service.js';

@Module({
  imports: [PetitionsModule],
  controllers: [CasesController, LinksController],
  providers: [CasesService, LinksService, MergesService],
  exports: [CasesService, LinksService, MergesService],
})
export class CasesModule {}

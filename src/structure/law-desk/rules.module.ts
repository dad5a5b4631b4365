// Rules: the law as data and pure functions (one folder a notion), and the thin service and controller over it in rules.*.ts.
import { Module } from '@nestjs/common';
import { RulesController } from './rules.controller.js';
import { RulesService } from './rules.service.js';

@Module({ controllers: [RulesController], providers: [RulesService], exports: [RulesService] })
export class RulesModule {}

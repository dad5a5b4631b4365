// Identity: who denounced - who may know it, each look with its reason - and who handles a petition.
import { Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { PetitionsModule } from '../petitions.module.js';
import { AssignmentsService } from './assignments.service.js';
import { FileReveals } from './file-reveals.service.js';
import { IdentityController } from './identity.controller.js';
import { OfficialWordsInterceptor } from './official-words.interceptor.js';
import { RevealsService } from './reveals.service.js';

@Module({
  imports: [PetitionsModule],
  controllers: [IdentityController],
  providers: [AssignmentsService, RevealsService, FileReveals, OfficialWordsInterceptor],
  exports: [AssignmentsService, RevealsService, FileReveals],
})
export class RevealsModule {
  /** Each route that takes officials' words passes them through the interceptor; here, because routes are made before `onModuleInit`. */
  constructor(modules: ModulesContainer, words: OfficialWordsInterceptor) {
    const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
    for (const { metatype } of controllers) if (typeof metatype === 'function') words.standBefore(metatype);
  }
}

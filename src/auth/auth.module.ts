// Auth: who is calling - local accounts, tokens, roles. What a caller may see follows from roles and unit in units/access-scope.ts.
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessTokens } from './access-tokens.js';
import { AccountEntity } from './account.entity.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { AuthController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccountEntity])],
  controllers: [AuthController, AccountsController],
  providers: [AccessTokens, SignInService, AccountsService, { provide: APP_GUARD, useClass: AuthGuard }],
  exports: [AccountsService, AccessTokens],
})
export class AuthModule {}

// Auth: who is calling - local accounts, services, the city's provider of identities - and what each may do. What a caller may see follows from roles and unit in units/access-scope.ts.
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessTokens } from './access-tokens.js';
import { AccountEntity } from './account.entity.js';
import { AccountProposalsController } from './account-proposals.controller.js';
import { AccountProposalsService } from './account-proposals.service.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { AuthController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';
import { ClientCredentialsService } from './client-credentials.service.js';
import { ClientTokenController } from './client-token.controller.js';
import { ExternalAccounts } from './external-accounts.js';
import { Invitations } from './invitations.js';
import { OidcTokens } from './oidc-tokens.js';
import { OwnAccountController } from './own-account.controller.js';
import { OwnAccountService } from './own-account.service.js';
import { RefreshTokens } from './refresh-tokens.js';
import { Revocations } from './revocations.js';
import { SecondFactor } from './second-factor.js';
import { SessionsService } from './sessions.service.js';
import { KnownDevices } from './known-devices.js';
import { SignInGuard } from './sign-in-guard.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccountEntity])],
  controllers: [AuthController, OwnAccountController, ClientTokenController, AccountsController, AccountProposalsController],
  providers: [
    AccessTokens,
    OidcTokens,
    ExternalAccounts,
    Revocations,
    RefreshTokens,
    SecondFactor,
    KnownDevices,
    SignInGuard,
    SignInService,
    ClientCredentialsService,
    SessionsService,
    OwnAccountService,
    Invitations,
    AccountProposalsService,
    AccountsService,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
  exports: [AccountsService, AccessTokens, KnownDevices],
})
export class AuthModule {}

// Sealing: encryption of single fields, the keys for it, and their rotation.
import { Global, Module } from '@nestjs/common';
import { KeyRotationService } from './key-rotation.service.js';
import { KeysController } from './keys.controller.js';
import { Keys } from '../../platform/sealing/keys.service.js';

@Global()
@Module({ controllers: [KeysController], providers: [Keys, KeyRotationService], exports: [Keys] })
export class SealingModule {}

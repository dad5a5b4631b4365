// Incoming: the folder through which files pass on their way in, measured, looked at and scanned before anything names them.
import { Global, Module } from '@nestjs/common';
import { IncomingFiles } from './incoming-files.service.js';
import { VirusScanner } from './virus-scanner.js';

@Global()
@Module({ providers: [IncomingFiles, VirusScanner], exports: [IncomingFiles] })
export class IncomingModule {}

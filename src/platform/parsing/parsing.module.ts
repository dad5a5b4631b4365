// Parsing: files from outside, read in threads of their own within limits of time, memory and size.
import { Global, Module } from '@nestjs/common';
import { ParsingService } from './parsing.service.js';

@Global()
@Module({ providers: [ParsingService], exports: [ParsingService] })
export class ParsingModule {}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';
import { JobRunner } from '../../structure/jobs/job-runner.js';

/** The end of answers under an `Idempotency-Key`: after two days nobody repeats the request any more. */
@Injectable()
export class StoredAnswers implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly runner: JobRunner,
  ) {}

  onModuleInit(): void {
    this.runner.registerTask('forget_answers', () => this.forget(), '10 * * * *');
  }

  private async forget(): Promise<void> {
    await this.transactions.manager.query(`delete from idempotency_key where created_at < now() - interval '2 days'`);
  }
}

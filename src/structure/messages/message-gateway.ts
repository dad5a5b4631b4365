import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';

export const messageChannels = ['sms', 'email'] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** A message to a citizen. */
export interface CitizenMessage {
  /** Telephone number, or address of e-mail. */
  to: string;
  /** Of an e-mail. */
  subject: string;
  text: string;
}

/** Milliseconds that a gateway may take. */
const patience = 10_000;

/**
 * Hands messages to the city's gateway of SMS and e-mail over HTTP (`TIEPDAN_MESSAGE_GATEWAY_URL`): a POST of
 * `{ "id", "channel", "to", "subject", "text" }` with the token as bearer; 2xx is taken. The same id is the same message.
 */
@Injectable()
export class MessageGateway {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Whether messages of this channel can be sent. */
  sends(channel: MessageChannel): boolean {
    return this.config.messageGatewayUrl !== '' && this.config.messageChannels.includes(channel);
  }

  /** @throws Error without anything of the message, where it was not taken */
  async send(id: string, channel: MessageChannel, message: CitizenMessage): Promise<void> {
    const { messageGatewayUrl: url, messageGatewayToken: token } = this.config;
    const status = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': id, ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ id, channel, ...message }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    }).then(
      (answer) => answer.body?.cancel().then(() => answer.status) ?? answer.status,
      () => null,
    );
    if (status === null || status < 200 || status > 299) throw new Error(`The message gateway answered ${status ?? 'nothing'}`);
  }
}

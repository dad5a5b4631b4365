import { BlockList, isIP } from 'node:net';
import { Problem } from '../../platform/problems/problem.js';

/** How many screens there are places for. */
export interface ScreenLimits {
  /** In this instance. */
  all: number;
  /** From one address that is no office's. */
  perAddress: number;
  /** Addresses and networks of offices. */
  officeNetworks: readonly string[];
}

/**
 * Places for screens that follow a board. Whoever is not at an office has few for an address, and where the networks of the offices are known all
 * strangers together have half: however many they open, the waiting rooms keep theirs.
 */
export class ScreenPlaces {
  private readonly taken = new Map<string, number>();
  private readonly offices = new BlockList();
  private total = 0;
  private strangers = 0;

  constructor(private readonly limits: ScreenLimits) {
    for (const network of limits.officeNetworks) {
      const [address = '', prefix] = network.split('/');
      const family = isIP(address);
      this.offices.addSubnet(address, Number(prefix ?? (family === 4 ? 32 : 128)), family === 4 ? 'ipv4' : 'ipv6');
    }
  }

  /**
   * Takes a place; what is answered gives it back.
   * @param address as callers are counted, and as it is
   * @throws Problem `too-many-requests` for an address with too many, `service-unavailable` where there is none left
   */
  take(address: { counted: string; exact: string }): () => void {
    const { all, perAddress, officeNetworks } = this.limits;
    const office = this.isOffice(address.exact);
    const ofAddress = this.taken.get(address.counted) ?? 0;
    if (!office && ofAddress >= perAddress) throw tooManyHere(perAddress);
    if (this.total >= all || (!office && officeNetworks.length > 0 && this.strangers >= Math.floor(all / 2))) throw noPlaceLeft();
    this.taken.set(address.counted, ofAddress + 1);
    this.total++;
    if (!office) this.strangers++;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.total--;
      if (!office) this.strangers--;
      const left = (this.taken.get(address.counted) ?? 1) - 1;
      if (left === 0) this.taken.delete(address.counted);
      else this.taken.set(address.counted, left);
    };
  }

  private isOffice(address: string): boolean {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(plain);
    return family !== 0 && this.offices.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  }
}

function tooManyHere(most: number): Problem {
  return new Problem(
    'too-many-requests',
    {
      vi: `Từ kết nối mạng này đã có ${most} màn hình đang theo dõi; hãy đóng bớt, hoặc để quản trị viên khai báo mạng của cơ quan.`,
      en: `${most} screens are open from this network address; close some, or let the operator name the office's network (TIEPDAN_OFFICE_NETWORKS).`,
    },
    [],
    { retryAfter: 60 },
  );
}

function noPlaceLeft(): Problem {
  return new Problem(
    'service-unavailable',
    { vi: 'Quá nhiều màn hình đang theo dõi; hãy thử lại sau.', en: 'Too many screens are open; try again later.' },
    [],
    { retryAfter: 30 },
  );
}

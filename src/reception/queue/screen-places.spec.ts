import { describe, expect, it } from '@jest/globals';
import { ScreenPlaces } from './screen-places.js';

const at = (address: string) => ({ counted: address, exact: address });

describe('places for screens', () => {
  it('of one address are few, and come back', () => {
    const places = new ScreenPlaces({ all: 100, perAddress: 2, officeNetworks: [] });
    const [first] = [places.take(at('198.51.100.1')), places.take(at('198.51.100.1'))];
    expect(() => places.take(at('198.51.100.1'))).toThrow(/2 screens are open from this network address/);
    places.take(at('198.51.100.2'));
    first();
    first();
    places.take(at('198.51.100.1'));
    expect(() => places.take(at('198.51.100.1'))).toThrow();
  });

  it('of strangers are half, whatever their addresses; offices have the rest', () => {
    const places = new ScreenPlaces({ all: 10, perAddress: 5, officeNetworks: ['10.1.0.0/16', '2001:db8:5::/48'] });
    for (let index = 0; index < 5; index++) places.take(at(`198.51.100.${index}`));
    expect(() => places.take(at('198.51.100.9'))).toThrow(/Too many screens/);
    for (const address of ['10.1.2.3', '10.1.2.3', '10.1.2.3', '::ffff:10.1.2.3', '2001:db8:5::7']) places.take(at(address));
    expect(() => places.take(at('10.1.2.4'))).toThrow(/Too many screens/);
  });
});

// The second factor as an authenticator app computes it: TOTP (RFC 6238), SHA-1, six digits, steps of thirty seconds.
import { createHmac } from 'node:crypto';

const STEP = 30;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes of a secret written in base 32, with or without spaces. */
function bytesOf(secret) {
  const bits = [...secret.toUpperCase().replace(/[\s=]/g, '')].map((c) => ALPHABET.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** The code of the step that a moment (in seconds) falls into. */
export function codeAt(secret, seconds) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / STEP)));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const at = mac[mac.length - 1] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** An authenticator that never shows the same step twice, since the site takes each step once. */
export class Authenticator {
  #last = 0;

  constructor(secret) {
    this.secret = secret;
  }

  /** The present code; waits for the next step if this one was used. */
  async code() {
    while (Math.floor(Date.now() / 1000 / STEP) <= this.#last) {
      await new Promise((done) => setTimeout(done, 250));
    }
    this.#last = Math.floor(Date.now() / 1000 / STEP);
    return codeAt(this.secret, Date.now() / 1000);
  }
}

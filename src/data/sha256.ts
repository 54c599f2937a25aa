import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * SHA-256 in hexadecimal, computed in script: browsers offer it only on secure origins (https,
 * localhost), and a classroom's server may be plain http. The 47 MB of MNIST's training images take
 * 260 ms here, 190 ms with the browser's (Node 20 on 2 cores, `sha256` against `crypto.subtle`).
 */
export const sha256 = (bytes: Uint8Array): string => bytesToHex(digest(bytes));

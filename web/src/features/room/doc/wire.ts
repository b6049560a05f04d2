/** The y-websocket protocol's bytes, and our acknowledgements (`?acks=1`). */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

export const SYNC = 0;
export const AWARENESS = 1;
export const AUTH = 2;
export const ACK = 120;

export const STEP_1 = 0;
export const STEP_2 = 1;
export const UPDATE = 2;

export type Bytes = Uint8Array<ArrayBuffer>;

export type Message =
  | { type: typeof SYNC; step: number; payload: Uint8Array }
  | { type: typeof AWARENESS; payload: Uint8Array }
  | { type: typeof AUTH; reason: string }
  /** The first `count` sync messages with content that we sent over this connection are durable. */
  | { type: typeof ACK; count: number };

/** Null: a message that this client does not know. */
export function read(data: ArrayBuffer): Message | null {
  const decoder = decoding.createDecoder(new Uint8Array(data));
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case SYNC:
      return { type, step: decoding.readVarUint(decoder), payload: decoding.readVarUint8Array(decoder) };
    case AWARENESS:
      return { type, payload: decoding.readVarUint8Array(decoder) };
    case AUTH:
      decoding.readVarUint(decoder); // 0, permission denied, is the only kind
      return { type, reason: decoding.readVarString(decoder) };
    case ACK:
      return { type, count: decoding.readVarUint(decoder) };
    default:
      return null;
  }
}

export function sync(step: number, payload: Uint8Array): Bytes {
  return message((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

export function awareness(payload: Uint8Array): Bytes {
  return message((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

function message(write: (encoder: encoding.Encoder) => void): Bytes {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}

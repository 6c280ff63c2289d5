// A Socket.IO client in a page of code: enough of the protocol to show what goes over the wire. Applications use the
// stock client, which also reconnects and asks for a new token.

import { open } from './line.js';

export class Client {
  #line;
  #token;
  #owner;
  #nextAck = 0;
  #acks = new Map();
  #pid;
  #offset;

  /** The owner has `saw(direction, packet)`, `heard(event, data)`, `refused(message)` and `lost()`. */
  constructor(token, owner) {
    this.#token = token;
    this.#owner = owner;
  }

  /** Also comes back to a session that was cut: then what was missed is heard first. */
  connect(way) {
    this.#acks.clear();
    this.#line = open(way, {
      received: (packet) => this.#received(packet),
      lost: () => this.#owner.lost(),
    });
  }

  /** Says an event and gives the answer. */
  ask(event, data) {
    const id = this.#nextAck++;
    this.#send(`42${id}${JSON.stringify([event, data])}`);
    return new Promise((resolve) => this.#acks.set(id, resolve));
  }

  /** Says an event that needs no answer. */
  tell(event, data) {
    this.#send(`42${JSON.stringify([event, data])}`);
  }

  leave() {
    this.#send('41');
    this.#pid = undefined;
    return this.#line.close();
  }

  /** Lets go of the line without a word, as a lost network does. */
  cut() {
    return this.#line.close();
  }

  #send(packet) {
    this.#owner.saw('->', packet);
    this.#line.send(packet);
  }

  #received(packet) {
    this.#owner.saw('<-', packet);
    const [, type, id, json] = packet.match(/^(\d\d?)(\d*)(.*)$/s);
    switch (type) {
      case '2': return this.#send('3');
      case '40': return this.#accepted(JSON.parse(json));
      case '41': return this.#owner.lost();
      case '42': return this.#heard(JSON.parse(json));
      case '43': return this.#answered(Number(id), JSON.parse(json));
      case '44': return this.#refused(JSON.parse(json));
    }
    if (packet[0] === '0') this.#introduce();
  }

  #introduce() {
    const resumed = this.#pid && { pid: this.#pid, offset: this.#offset };
    this.#owner.saw('->', `40{"token":"…"${resumed ? ',"pid":"…"' : ''}}`);
    this.#line.send(`40${JSON.stringify({ token: this.#token, ...resumed })}`);
  }

  #refused({ message }) {
    this.cut();
    this.#owner.refused(message);
  }

  #accepted({ pid }) {
    if (pid !== this.#pid) this.#offset = undefined;
    this.#pid = pid;
  }

  #heard([event, data, offset]) {
    if (offset) this.#offset = offset;
    this.#owner.heard(event, data);
  }

  #answered(id, [data]) {
    this.#acks.get(id)?.(data);
    this.#acks.delete(id);
  }
}

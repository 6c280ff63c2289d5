// How packets go to the server and come back: over a WebSocket, by HTTP requests, or by requests first and a WebSocket
// as soon as it works. This is Engine.IO, as far as a page that shows it needs it.

const PATH = '/socket.io/?EIO=4&transport=';
const SEPARATOR = '\u001e';

/** Opens a line. The owner has `received(packet)` and `lost()`, which is called once and not after `close`. */
export function open(way, owner) {
  return new Line(way, owner);
}

class Line {
  #owner;
  #carrier;
  #mayUpgrade;
  #held;

  constructor(way, owner) {
    this.#owner = owner;
    this.#mayUpgrade = way === 'upgrade';
    this.#carrier = way === 'websocket' ? new Socket('', this) : new Polling(this);
  }

  send(packet) {
    if (this.#held) this.#held.push(packet); else this.#carrier.send(packet);
  }

  close() {
    const last = this.#carrier;
    this.#carrier = undefined;
    return last?.close();
  }

  received(packet, carrier) {
    if (packet === '3probe') return this.#goOver(carrier);
    if (packet === '6') return;
    if (packet[0] === '0' && this.#mayUpgrade) this.#probe(JSON.parse(packet.slice(1)).sid);
    if (this.#carrier) this.#owner.received(packet);
  }

  lost(carrier) {
    if (carrier !== this.#carrier) return;
    this.#carrier = undefined;
    this.#owner.lost();
  }

  #probe(sid) {
    const socket = new Socket(sid, this);
    socket.opened = () => socket.send('2probe');
  }

  /** What is said meanwhile waits, so that nothing overtakes what still goes by request. */
  async #goOver(socket) {
    this.#held = [];
    await this.#carrier?.finish();
    if (!this.#carrier) return socket.close();
    socket.send('5');
    this.#carrier = socket;
    for (const packet of this.#held.splice(0)) socket.send(packet);
    this.#held = undefined;
  }
}

class Socket {
  #socket;
  opened = () => {};

  constructor(sid, line) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.#socket = new WebSocket(`${scheme}://${location.host}${PATH}websocket${sid && `&sid=${sid}`}`);
    this.#socket.onopen = () => this.opened();
    this.#socket.onmessage = ({ data }) => line.received(data, this);
    this.#socket.onclose = () => line.lost(this);
  }

  send(packet) {
    this.#socket.send(packet);
  }

  close() {
    this.#socket.close();
  }
}

/** One request waits for what comes; what goes is gathered, one request after the other. */
class Polling {
  #line;
  #sid = '';
  #isOver = false;
  #waiting = [];
  #sending;
  #receiving;

  constructor(line) {
    this.#line = line;
    this.#receiving = this.#receive();
  }

  send(packet) {
    this.#waiting.push(packet);
    this.#sending ??= this.#flush();
  }

  /** Ends when no request is on its way any more. */
  async finish() {
    this.#isOver = true;
    await this.#receiving;
    await this.#sending;
  }

  /** Ends when all has been sent that was said. */
  async close() {
    this.#isOver = true;
    await this.#sending;
  }

  async #receive() {
    try {
      while (!this.#isOver) {
        for (const packet of (await this.#request()).split(SEPARATOR)) {
          if (packet[0] === '0') this.#sid = `&sid=${JSON.parse(packet.slice(1)).sid}`;
          this.#line.received(packet, this);
        }
      }
    } catch {
      this.#line.lost(this);
    }
  }

  async #flush() {
    await undefined;
    try {
      while (this.#waiting.length) await this.#request({ method: 'POST', body: this.#waiting.splice(0).join(SEPARATOR) });
    } catch {
      this.#line.lost(this);
    }
    this.#sending = undefined;
  }

  async #request(options) {
    const answer = await fetch(`${PATH}polling${this.#sid}`, options);
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    return answer.text();
  }
}

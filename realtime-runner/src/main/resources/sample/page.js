// What the parts of the page share: its elements, who is logged in, and what is heard.

export const $ = (id) => document.getElementById(id);

/** The one who is logged in, and the client once there is one. */
export const self = { user: undefined, token: undefined, client: undefined };

const listeners = new Map();

/** Calls the listener for each event of this name. */
export function on(event, listener) {
  listeners.set(event, [...(listeners.get(event) ?? []), listener]);
}

export function heard(event, data) {
  for (const listener of listeners.get(event) ?? []) listener(data);
}

export const ask = (event, data) => self.client.ask(event, data);
export const tell = (event, data) => self.client.tell(event, data);

/** Does this at each press. */
export function press(id, action) {
  $(id).onclick = action;
}

export function item(text) {
  const line = document.createElement('li');
  line.textContent = text;
  return line;
}

/** Writes what goes over the wire, newest first. */
export function show(direction, text) {
  const log = $('log');
  log.textContent = `${new Date().toISOString().slice(11, 23)} ${direction} ${text}\n` + log.textContent.slice(0, 40000);
}

'use strict';
// A Socket.IO client in a page of code: enough of the protocol to show what goes over the wire. Applications use the
// stock client, which also reconnects.

const $ = (id) => document.getElementById(id);
let token, me, socket, nextAck, oldest;
const acks = new Map();

function show(direction, text) {
  const log = $('log');
  log.textContent = `${new Date().toISOString().slice(11, 23)} ${direction} ${text}\n` + log.textContent.slice(0, 20000);
}

function state(name, text) {
  $('state').dataset.state = name;
  $('state').textContent = text;
  const online = name === 'online';
  for (const id of ['join', 'leave', 'participants', 'history', 'disconnect']) $(id).disabled = !online;
  $('send').querySelector('button').disabled = !online;
  $('older').disabled = !online || !oldest;
  $('connect').disabled = !token || online;
}

async function logIn(email) {
  const answer = await fetch('/api/v1/auth/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: 'password123' }),
  });
  const body = await answer.json();
  if (!answer.ok) return show('!!', body.message || body.error);
  token = body.accessToken;
  me = body.user;
  $('user').textContent = `${me.firstName} ${me.lastName}: ${me.id}, ${me.role}`;
  disconnect();
  state('offline', 'logged in, not connected');
}

function transmit(packet) {
  show('->', packet.startsWith('40') ? '40{"token":"…"}' : packet);
  socket.send(packet);
}

function ask(event, data) {
  const id = nextAck++;
  transmit(`42${id}${JSON.stringify([event, data])}`);
  return new Promise((resolve) => acks.set(String(id), resolve));
}

function connect() {
  nextAck = 0;
  acks.clear();
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const opened = new WebSocket(`${scheme}://${location.host}/socket.io/?EIO=4&transport=websocket`);
  socket = opened;
  opened.onmessage = ({ data }) => receive(data);
  opened.onclose = () => { if (socket === opened) state('offline', 'not connected'); };
  $('connect').disabled = true;
}

function disconnect() {
  if (socket && socket.readyState === WebSocket.OPEN) {
    transmit('41');
    socket.close();
  }
  socket = undefined;
}

function receive(packet) {
  show('<-', packet);
  if (packet[0] === '0') return transmit(`40${JSON.stringify({ token })}`);
  if (packet === '2') return transmit('3');
  if (packet.startsWith('44')) return state('refused', JSON.parse(packet.slice(2)).message);
  if (packet.startsWith('43')) {
    const [, id, json] = packet.match(/^43(\d+)(.*)$/s);
    acks.get(id)?.(JSON.parse(json)[0]);
    acks.delete(id);
  }
  if (packet.startsWith('42')) {
    const [event, data] = JSON.parse(packet.slice(2));
    if (event === 'connected') state('online', `connected as ${data.userId}`);
    if (event === 'message:new' || event === 'message:sent') $('messages').append(line(data));
  }
}

function line(message) {
  const item = document.createElement('li');
  item.className = message.senderId === me.id ? 'own' : '';
  item.textContent = `#${message.seq} ${message.senderId}: ${message.message}`;
  return item;
}

async function history(before) {
  const answer = await ask('message:history', { roomId: room(), limit: 10, ...(before && { before }) });
  if (!answer.success) return;
  const lines = answer.messages.map(line);
  if (before) $('messages').prepend(...lines); else $('messages').replaceChildren(...lines);
  oldest = answer.hasMore ? answer.messages[0].timestamp : undefined;
  $('older').disabled = !oldest;
}

const room = () => $('room').value.trim();

$('logins').onclick = ({ target }) => target.dataset.email && logIn(target.dataset.email);
$('connect').onclick = connect;
$('disconnect').onclick = () => { disconnect(); state('offline', 'not connected'); };
$('join').onclick = () => ask('room:join', { roomId: room(), roomType: 'chat' });
$('leave').onclick = () => ask('room:leave', { roomId: room() });
$('participants').onclick = () => ask('room:participants', { roomId: room() });
$('history').onclick = () => history();
$('older').onclick = () => history(oldest);
$('send').onsubmit = async (event) => {
  event.preventDefault();
  const message = $('text').value;
  const answer = await ask('message:send', { roomId: room(), message, clientMessageId: crypto.randomUUID?.() });
  if (answer.success) $('text').value = '';
};

// A call: the server rings and carries the signals, the browsers find their way to each other. Whoever has no camera or
// microphone still sees and hears the other.

import { $, ask, item, on, press, show, tell } from './page.js';

let callId, peer, own;
let signals = Promise.resolve();

function state(name, text = name) {
  $('call-state').dataset.state = name;
  $('call-state').textContent = text;
  $('call').disabled = name !== 'over';
  $('hang-up').disabled = name === 'over';
  $('accept').disabled = $('reject').disabled = name !== 'incoming';
  $('report').disabled = name !== 'talking';
}

/** Calls the listener for events of the call that is shown here. */
const during = (event, listener) => on(event, (data) => data.callId === callId && listener(data));

/** Signals are taken one after the other; one that cannot be used, as it came too late, stops no other. */
function inTurn(action) {
  signals = signals.then(action).catch((error) => show('!!', error.message));
}

const signal = (signalType, value) => tell('call:signal', { callId, signalType, signal: value });

async function call() {
  const answer = await ask('call:initiate', { recipientId: $('callee').value.trim(), callType: $('call-type').value });
  if (!answer.success) return state('over', answer.error);
  callId = answer.callId;
  state('calling');
}

async function accept() {
  await prepare();
  const answer = await ask('call:accept', { callId });
  if (!answer.success) return over(answer.error);
  state('talking');
}

/** A way to the other, and what this side has to show. */
async function prepare() {
  const { iceServers } = await ask('call:iceServers');
  peer = new RTCPeerConnection({ iceServers });
  peer.onicecandidate = ({ candidate }) => candidate?.candidate && signal('ice-candidate', candidate.toJSON());
  peer.ontrack = ({ streams: [stream], track }) => { $('other').srcObject = stream ?? new MediaStream([track]); };
  own = await media();
  $('own').srcObject = own ?? null;
}

async function media() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true, video: $('call-type').value === 'video' });
  } catch {
    return undefined;
  }
}

function showOwn() {
  for (const track of own?.getTracks() ?? []) peer.addTrack(track, own);
}

async function offer() {
  await prepare();
  state('talking');
  showOwn();
  for (const kind of ['audio', $('call-type').value]) {
    if (!own?.getTracks().some((track) => track.kind === kind)) peer.addTransceiver(kind);
  }
  await peer.setLocalDescription();
  signal('offer', peer.localDescription.toJSON());
}

async function receive({ signalType, signal: value }) {
  if (signalType === 'ice-candidate') return peer?.addIceCandidate(value);
  await peer?.setRemoteDescription(value);
  if (signalType !== 'offer') return;
  showOwn();
  await peer.setLocalDescription();
  signal('answer', peer.localDescription.toJSON());
}

/** The camera goes off with the call. */
function over(text) {
  peer?.close();
  for (const track of own?.getTracks() ?? []) track.stop();
  $('own').srcObject = $('other').srcObject = null;
  callId = peer = own = undefined;
  state('over', text);
}

async function listCalls() {
  const { success, calls } = await ask('call:history', { limit: 10 });
  if (!success) return;
  $('calls').replaceChildren(...calls.map(({ startedAt, callerId, recipientId, status, duration }) =>
    item(`${startedAt}: ${callerId} to ${recipientId}, ${status}, ${duration} s`)));
}

on('call:incoming', (call) => {
  if (callId) return;
  callId = call.callId;
  $('call-type').value = call.callType ?? 'audio';
  state('incoming', `${call.callerId} is calling`);
});
during('call:accepted', () => inTurn(offer));
during('call:signal', (heard) => inTurn(() => receive(heard)));
during('call:rejected', ({ reason }) => over(`rejected${reason ? `: ${reason}` : ''}`));
during('call:missed', () => over('missed'));
during('call:ended', ({ reason, duration }) => over(`ended after ${duration} s${reason ? `: ${reason}` : ''}`));
during('call:qualityIssue', ({ issue }) => state('talking', `talking, the other has ${issue}`));

press('call', call);
press('accept', accept);
press('reject', async () => { await ask('call:reject', { callId, reason: 'busy' }); over('rejected'); });
press('hang-up', async () => { await ask('call:end', { callId }); over('ended'); });
press('report', () => tell('call:quality', { callId, metrics: { packetsLost: 51 } }));
press('calls-list', listCalls);
state('over', 'no call');

// Calls between two users and three devices (acceptance scenarios 16 and 17, on one node).
import { all, ask, assert, connected, cut, heard, keys, scenario, settled, TIMESTAMP, tokens } from './support.mjs';

const PATIENT = 'demo-patient-001';
const PROVIDER = 'demo-provider-001';
const SUCCESS = { success: true };
const CALL_ID = /^call-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const failure = (error, code) => ({ success: false, error, code });
const of = (callId) => (data) => data.callId === callId;
const about = (socket, callId, event, n = 1) => heard(socket, event, n, of(callId));
const heardOf = (socket, callId, event) => all(socket, event).filter(of(callId));
const without = ({ timestamp, ...rest }) => {
  assert.match(timestamp, TIMESTAMP);
  return rest;
};

async function devices() {
  const [patient, provider, tablet] = await Promise.all(
    [tokens.patient, tokens.provider, tokens.provider].map((token) => connected(token)));
  return { patient, provider, tablet };
}

async function ring(caller, recipientId, more = {}) {
  const answer = await ask(caller, 'call:initiate', { recipientId, ...more });
  assert.match(answer.callId, CALL_ID);
  assert.deepEqual(answer, { success: true, callId: answer.callId, status: 'ringing' });
  return answer.callId;
}

/** A second after it was accepted a call is in progress; on a busy machine an answer may take as long. */
function assertTooLate({ error, ...rest }) {
  assert.match(error, /^Cannot accept call in (accepted|in_progress) state$/);
  assert.deepEqual(rest, { success: false, code: 'invalid_state' });
}

async function talk({ patient, provider }) {
  const callId = await ring(patient, PROVIDER);
  assert.deepEqual(await ask(provider, 'call:accept', { callId }), { success: true, callId, status: 'accepted' });
  return callId;
}

scenario('a call rings on all devices, is taken on one, carries signals and leaves a record', async () => {
  const { patient, provider, tablet } = await devices();
  const metadata = { topic: null, deep: { list: [1, 'é'] } };
  const callId = await ring(patient, PROVIDER, { callType: 'video', visitId: 'test-visit-123', metadata });
  const incoming = { callId, callerId: PATIENT, callerRole: 'patient', visitId: 'test-visit-123', callType: 'video', metadata };
  for (const device of [provider, tablet]) {
    assert.deepEqual(without(await about(device, callId, 'call:incoming')), incoming);
  }
  assert.deepEqual(await ask(provider, 'call:accept', { callId }), { success: true, callId, status: 'accepted' });
  assert.deepEqual(without(await about(patient, callId, 'call:accepted')), { callId, recipientId: PROVIDER });
  assert.deepEqual(without(await about(tablet, callId, 'call:ended')),
    { callId, endedBy: PROVIDER, duration: 0, reason: 'answered_elsewhere' });
  assertTooLate(await ask(tablet, 'call:accept', { callId }));

  const signals = [
    [patient, provider, PATIENT, 'offer', { type: 'offer', sdp: 'v=0' }],
    [provider, patient, PROVIDER, 'answer', { type: 'answer', sdp: 'v=0' }],
    [patient, provider, PATIENT, 'ice-candidate', { candidate: 'a', sdpMid: null }],
    [provider, patient, PROVIDER, 'ice-candidate', { candidate: 'b' }],
    [patient, provider, PATIENT, 'ice-candidate', ['any', 1]],
    [provider, patient, PROVIDER, 'ice-candidate', ''],
  ];
  const counts = new Map();
  for (const [from, to, senderId, signalType, signal] of signals) {
    from.emit('call:signal', { callId, signal, signalType });
    counts.set(to, (counts.get(to) ?? 0) + 1);
    assert.deepEqual(without(await about(to, callId, 'call:signal', counts.get(to))),
      { callId, senderId, signal, signalType });
  }

  for (const [metrics, issue] of [
    [{ packetsLost: 51 }, 'high_packet_loss'], [{ latency: 401, bitrate: 1000 }, 'high_latency'], [{ jitter: 50.5 }, 'high_jitter'],
  ]) {
    assert.deepEqual(await ask(patient, 'call:quality', { callId, metrics }), SUCCESS);
    const told = await heard(provider, 'call:qualityIssue', 1, (data) => data.callId === callId && data.issue === issue);
    assert.deepEqual(without(told), { callId, issue, metrics });
  }
  assert.deepEqual(await ask(provider, 'call:quality', { callId, metrics: { packetsLost: 50, latency: 400, jitter: 50 } }), SUCCESS);

  assert.deepEqual(await ask(patient, 'call:end', { callId, duration: 3 }), { success: true, callId, status: 'ended', duration: 3 });
  assert.deepEqual(without(await about(provider, callId, 'call:ended')), { callId, endedBy: PATIENT, duration: 3 });
  await settled(patient);
  assert.equal(heardOf(patient, callId, 'call:ended').length, 0);
  assert.equal(heardOf(patient, callId, 'call:qualityIssue').length, 0);

  for (const socket of [patient, provider]) {
    const history = await ask(socket, 'call:history', { limit: 200 });
    assert.deepEqual(keys(history), ['calls', 'hasMore', 'success']);
    const { startedAt, answeredAt, endedAt, ...record } = history.calls.find(of(callId));
    for (const moment of [startedAt, answeredAt, endedAt]) assert.match(moment, TIMESTAMP);
    assert.deepEqual(record, {
      callId, callerId: PATIENT, recipientId: PROVIDER, visitId: 'test-visit-123', callType: 'video', status: 'ended',
      duration: 3, endedBy: PATIENT,
      quality: {
        reports: 4, maxPacketsLost: 51, avgLatency: 400.5, maxLatency: 401, avgJitter: 50.25, maxJitter: 50.5,
        avgBitrate: 1000, issues: ['high_packet_loss', 'high_latency', 'high_jitter'],
      },
    });
  }
});

scenario('declined on one device it stops ringing on the other', async () => {
  const { patient, provider, tablet } = await devices();
  const callId = await ring(patient, PROVIDER);
  assert.deepEqual(without(await about(provider, callId, 'call:incoming')), { callId, callerId: PATIENT, callerRole: 'patient' });
  assert.deepEqual(await ask(provider, 'call:reject', { callId, reason: 'busy' }), { success: true, callId, status: 'rejected' });
  assert.deepEqual(without(await about(patient, callId, 'call:rejected')), { callId, recipientId: PROVIDER, reason: 'busy' });
  assert.deepEqual(without(await about(tablet, callId, 'call:ended')),
    { callId, endedBy: PROVIDER, duration: 0, reason: 'declined_elsewhere' });
  for (const event of ['call:accept', 'call:reject', 'call:end']) {
    assert.deepEqual(await ask(provider, event, { callId }), failure('Call not found', 'not_found'));
  }
  await settled(provider);
  assert.equal(heardOf(provider, callId, 'call:ended').length, 0);
});

scenario('of two devices that accept at once one wins', async () => {
  const { patient, provider, tablet } = await devices();
  for (let round = 0; round < 10; round++) {
    const callId = await ring(patient, PROVIDER);
    const answers = await Promise.all([provider, tablet].map((device) => ask(device, 'call:accept', { callId })));
    assert.equal(answers.filter(({ success }) => success).length, 1);
    assertTooLate(answers.find(({ success }) => !success));
    await ask(patient, 'call:end', { callId });
    assert.equal(heardOf(patient, callId, 'call:accepted').length, 1);
  }
});

scenario('a stranger changes nothing', async () => {
  const { patient, provider, tablet } = await devices();
  const stranger = await connected(tokens.stranger);
  const callId = await talk({ patient, provider });
  for (const [event, more, error] of [
    ['call:accept', {}, 'accept this'], ['call:reject', {}, 'reject this'], ['call:end', {}, 'end this'],
    ['call:signal', { signal: 1, signalType: 'offer' }, 'signal in this'],
    ['call:quality', { metrics: { latency: 999 } }, 'report on this'],
  ]) {
    assert.deepEqual(await ask(stranger, event, { callId, ...more }), failure(`Not authorized to ${error} call`, 'not_a_party'));
  }
  await settled(provider);
  assert.equal(heardOf(provider, callId, 'call:signal').length, 0);
  assert.equal(heardOf(tablet, callId, 'call:qualityIssue').length, 0);
  assert.equal((await ask(provider, 'call:end', { callId })).success, true);
  assert.equal(without(await about(patient, callId, 'call:ended')).endedBy, PROVIDER);
});

scenario('a device that connects while it rings rings, and a return keeps the call', async () => {
  const { patient, provider } = await devices();
  const callId = await ring(patient, PROVIDER, { callType: 'audio' });
  const late = await connected(tokens.provider);
  assert.deepEqual(without(await about(late, callId, 'call:incoming')),
    { callId, callerId: PATIENT, callerRole: 'patient', callType: 'audio' });
  await ask(late, 'call:accept', { callId });
  cut(patient);
  await heard(patient, 'disconnect');
  const back = await connected(tokens.patient);
  assert.deepEqual(await ask(back, 'call:signal', { callId, signal: 'again', signalType: 'offer' }), SUCCESS);
  assert.equal((await about(late, callId, 'call:signal')).signal, 'again');
  assert.equal((await ask(back, 'call:end', { callId })).success, true);
  await about(provider, callId, 'call:ended', 2);
});

scenario('ICE servers are named with credentials of the user', async () => {
  const { patient } = await devices();
  for (const call of [['call:iceServers'], ['call:iceServers', {}], ['call:iceServers', 'anything']]) {
    const answer = await ask(patient, ...call);
    const { username, credential } = answer.iceServers[1];
    assert.match(username, /^\d{10}:demo-patient-001$/);
    assert.match(credential, /^[A-Za-z0-9+/]{27}=$/);
    assert.deepEqual(answer, {
      success: true,
      iceServers: [
        { urls: ['stun:stun.example.org:3478'] },
        { urls: ['turn:turn.example.org:3478', 'turns:turn.example.org:5349?transport=tcp'], username, credential },
      ],
      ttl: 600,
    });
  }
});

scenario('what is wrong is named', async () => {
  const { patient } = await devices();
  const invalid = (field) => ({ ...failure('Invalid payload', 'invalid_payload'), field });
  assert.deepEqual(await ask(patient, 'call:initiate', {}), failure('recipientId is required', 'missing_field'));
  assert.deepEqual(await ask(patient, 'call:initiate', { recipientId: PATIENT }), failure('Cannot call yourself', 'self_call'));
  assert.deepEqual(await ask(patient, 'call:initiate', { recipientId: 'stranger', visitId: 'test-visit-123' }),
    failure('Access denied to this visit', 'access_denied'));
  assert.deepEqual(await ask(patient, 'call:initiate', { recipientId: PROVIDER, callType: 'fax' }), invalid('callType'));
  assert.deepEqual(await ask(patient, 'call:accept', {}), failure('Call not found', 'not_found'));
  assert.deepEqual(await ask(patient, 'call:signal', { callId: 'x', signal: 1, signalType: 'bye' }), invalid('signalType'));
  assert.deepEqual(await ask(patient, 'call:quality', null), invalid('payload'));
  assert.deepEqual(await ask(patient, 'call:history', { before: 'now' }), invalid('before'));
  const history = await ask(patient, 'call:history');
  assert.equal(history.success, true);
});

// For a server with a short PRESENCE_GRACE_MS: how the others hear that somebody is gone.
import { all, ask, assert, connected, cut, freshRoom, given, heard, join, keys, scenario, settled, TIMESTAMP, tokens }
  from './support.mjs';

async function meeting() {
  const roomId = freshRoom();
  const stays = await connected(tokens.provider);
  const goes = await connected(tokens.patient);
  await join(stays, roomId);
  await join(goes, roomId);
  return { roomId, stays, goes, id: goes.id };
}

async function checkLeft(stays, roomId, id, reason) {
  const left = await heard(stays, 'room:userLeft');
  assert.deepEqual(keys(left), [...(reason ? ['reason'] : []), 'roomId', 'socketId', 'timestamp', 'userId'].sort());
  assert.equal(left.userId, 'demo-patient-001');
  assert.equal(left.socketId, id);
  assert.equal(left.roomId, roomId);
  assert.equal(left.reason, reason);
  assert.match(left.timestamp, TIMESTAMP);
  const { participants } = await ask(stays, 'room:participants', { roomId });
  assert.deepEqual(participants.map(({ socketId }) => socketId), [stays.id]);
  assert.equal(all(stays, 'room:userLeft').length, 1);
}

scenario('leaving the room has no reason', async () => {
  const { roomId, stays, goes, id } = await meeting();
  const answer = await ask(goes, 'room:leave', { roomId });
  assert.deepEqual(keys(answer), ['roomId', 'success', 'timestamp']);
  await checkLeft(stays, roomId, id, undefined);
  assert.equal((await ask(goes, 'room:leave', { roomId })).success, true);
  await settled(goes);
  await settled(stays);
  assert.equal(all(stays, 'room:userLeft').length, 1);
});

scenario('a disconnect by the client is told at once', async () => {
  const { roomId, stays, goes, id } = await meeting();
  const began = performance.now();
  goes.disconnect();
  await heard(stays, 'room:userLeft');
  assert.ok(performance.now() - began < given.graceMillis, 'before the grace is over');
  await checkLeft(stays, roomId, id, 'client_disconnect');
});

scenario('a cut transport is told after the grace', async () => {
  const { roomId, stays, goes, id } = await meeting();
  const began = performance.now();
  cut(goes);
  await heard(stays, 'room:userLeft');
  assert.ok(performance.now() - began >= given.graceMillis * 0.9, 'not before the grace is over');
  await checkLeft(stays, roomId, id, 'transport_close');
});

scenario('who has left a room before is not announced again when his transport is cut', async () => {
  const { roomId, stays, goes } = await meeting();
  await ask(goes, 'room:leave', { roomId });
  cut(goes);
  const other = await connected(tokens.patient);
  await join(other, roomId);
  cut(other);
  await heard(stays, 'room:userLeft', 2);
  assert.deepEqual(all(stays, 'room:userLeft').map(({ reason }) => reason), [undefined, 'transport_close']);
});

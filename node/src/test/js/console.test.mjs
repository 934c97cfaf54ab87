// SPDX-License-Identifier: Apache-2.0
// Run by ConsoleScriptTest: what the pages compute, without a browser.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Motion } from '../../main/resources/static/console/motion.js';
import { beside } from '../../main/resources/static/console/proof.js';

/** Readings of a watch at rest or in motion, one every ten milliseconds. */
function readings(count, at, start = 0) {
  return Array.from({ length: count }, (_, i) => {
    const time = start + i * 10;
    return Object.entries(at(i / 100)).map(([property, value]) => ({ property, time, value }));
  }).flat();
}
const acceleration = (x, y, z) => ({ 'acceleration-x': x, 'acceleration-y': y, 'acceleration-z': z });
const rotation = (x, y, z) => ({ 'rotation-x': x, 'rotation-y': y, 'rotation-z': z });
const close = (actual, expected, tolerance, what) => assert.ok(Math.abs(actual - expected) <= tolerance, `${what} is ${actual}, not ${expected}`);

function poseAfter(...batches) {
  const motion = new Motion();
  batches.forEach((batch) => motion.take(batch));
  return motion.pose;
}

test('an arm that hangs down has a pitch of −90 degrees', () => {
  const pose = poseAfter(readings(100, () => acceleration(-9.81, 0, 0)));
  close(pose.pitch, -90, 0.5, 'pitch');
  assert.equal(pose.oriented, true);
});

test('a watch that lies flat has neither pitch nor roll, and on its side a roll of 90 degrees', () => {
  const flat = poseAfter(readings(100, () => acceleration(0, 0, 9.81)));
  close(flat.pitch, 0, 0.5, 'pitch');
  close(flat.roll, 0, 0.5, 'roll');
  close(poseAfter(readings(100, () => acceleration(0, 9.81, 0))).roll, 90, 0.5, 'roll');
});

test('turning around the vertical is felt whichever way the arm is held', () => {
  const quarter = Math.PI / 2;
  const level = poseAfter(readings(101, () => ({ ...acceleration(0, 0, 9.81), ...rotation(0, 0, quarter) }), 5));
  close(level.yaw, 90, 2, 'yaw of a level arm');
  const hanging = poseAfter(readings(101, () => ({ ...acceleration(-9.81, 0, 0), ...rotation(-quarter, 0, 0) }), 5));
  close(hanging.yaw, 90, 2, 'yaw of a hanging arm');
});

test('the intensity rises with the movement and falls at rest', () => {
  const shaken = readings(200, (t) => acceleration(0, 0, 9.81 + 6 * Math.sin(t * 20)));
  const moving = { ...poseAfter(shaken) };
  assert.ok(moving.intensity > 2, `intensity ${moving.intensity}`);
  const still = poseAfter(shaken, readings(400, () => acceleration(0, 0, 9.81), 2000));
  assert.ok(still.intensity < 0.2, `intensity ${still.intensity}`);
});

test('an avatar that gets an intensity only moves by it and has no orientation', () => {
  const motion = new Motion();
  for (let second = 1; second < 6; second++) motion.take([{ property: 'activity-intensity', time: second * 1000, value: 2.5 }]);
  close(motion.pose.intensity, 2.5, 0.4, 'intensity');
  assert.equal(motion.pose.oriented, false);
});

test('the order in which readings of a message stand does not matter', () => {
  const batch = readings(50, (t) => ({ ...acceleration(-9 + t, 2, 3), ...rotation(0.3, t, 1) }));
  assert.deepEqual(poseAfter(batch), poseAfter([...batch].reverse()));
});

test('what stands beside the way to the root covers every other record once', () => {
  for (const size of [1, 2, 3, 7, 8, 9, 100, 1023]) {
    for (let index = 0; index < size; index++) {
      const covered = beside(index, size).reduce((sum, { from, to }) => sum + to - from, 1);
      assert.equal(covered, size, `${index} of ${size}`);
      for (const { side, from, to } of beside(index, size)) assert.ok(side === 'left' ? to <= index : from > index);
    }
  }
});

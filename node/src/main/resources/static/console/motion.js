// SPDX-License-Identifier: Apache-2.0

/** @file How a watch moves, told from its readings: the world shows it, tests ask for it. */

const GRAVITY = 9.81;
/** Gravity is what remains of the acceleration after this many seconds of smoothing. */
const GRAVITY_SMOOTHING = 0.22;
const INTENSITY_SMOOTHING = 0.6;
const INTENSITY_SENT_SMOOTHING = 0.9;
/** A watch that was not heard for so many milliseconds is shown at rest. */
export const QUIET_AFTER = 4000;
/** A gap longer than this is a pause, not a movement. */
const LONGEST_STEP = 0.5;
const DEGREES = 180 / Math.PI;

/**
 * @typedef {object} Pose angles in degrees
 * @property {number} pitch how far the forearm rises: −90 hangs down, 0 is level, 90 points up
 * @property {number} roll how the watch's face is turned around the forearm: 0 looks up
 * @property {number} yaw which way the wearer has turned since the first reading
 * @property {number} intensity of the movement in m/s²
 * @property {boolean} oriented whether the orientation is known; false for an avatar that gets an intensity only
 * @property {string} activity the wearer's activity in words, where it is shared
 * @property {number} updated when the last reading was taken, by the clock of the watch, ms
 * @property {number} heard when it arrived here, by the clock of this page, ms; 0 for never
 */

/** The pose of one avatar, kept up to date from its readings. */
export class Motion {
  #up = null;
  #last = 0;

  /** @type {Pose} */
  pose = { pitch: 0, roll: 0, yaw: 0, intensity: 0, oriented: false, activity: '', updated: 0, heard: 0 };

  /** @param {{property: string, time: number, value: any}[]} readings in any order */
  take(readings) {
    for (const [time, values] of byTime(readings)) this.#step(time, values);
  }

  #step(time, values) {
    const dt = Math.min(Math.max((time - this.#last) / 1000, 0), LONGEST_STEP);
    this.#last = Math.max(time, this.#last);
    this.pose.updated = this.#last;
    if (typeof values.activity === 'string') this.pose.activity = values.activity;
    const acceleration = vector(values, 'acceleration');
    if (acceleration) this.#feel(acceleration, dt);
    this.#turn(values, dt);
    const sent = values['activity-intensity'];
    if (typeof sent === 'number' && !acceleration) this.#approach(Math.abs(sent), dt, INTENSITY_SENT_SMOOTHING);
  }

  /** Splits an acceleration into gravity, which tells the orientation, and movement. */
  #feel(acceleration, dt) {
    const up = this.#up ?? acceleration;
    const share = this.#up ? dt / (dt + GRAVITY_SMOOTHING) : 1;
    this.#up = up.map((value, i) => value + share * (acceleration[i] - value));
    this.#approach(Math.abs(Math.hypot(...acceleration) - GRAVITY), dt, INTENSITY_SMOOTHING);
    const [x, y, z] = this.#up;
    this.pose.pitch = Math.atan2(x, Math.hypot(y, z)) * DEGREES;
    this.pose.roll = Math.atan2(y, z) * DEGREES;
    this.pose.oriented = true;
  }

  /** Turning is the rotation around the vertical; without gravity, around the axis of the watch's face. */
  #turn(values, dt) {
    const z = values['rotation-z'];
    if (typeof z !== 'number') return;
    const rotation = vector(values, 'rotation');
    const up = this.#up;
    const speed = rotation && up ? rotation.reduce((sum, value, i) => sum + value * up[i], 0) / Math.hypot(...up) : z;
    this.pose.yaw = wrap(this.pose.yaw + speed * dt * DEGREES);
  }

  #approach(intensity, dt, smoothing) {
    const share = this.pose.updated && dt ? dt / (dt + smoothing) : 0.05;
    this.pose.intensity += share * (intensity - this.pose.intensity);
  }
}

/** Readings of the same moment together, oldest first. */
function byTime(readings) {
  const moments = new Map();
  for (const { property, time, value } of readings) {
    if (!moments.has(time)) moments.set(time, {});
    moments.get(time)[property] = value;
  }
  return [...moments].sort(([a], [b]) => a - b);
}

/** @returns {number[]|null} the three parts of a vector, if all were read at this moment */
function vector(values, name) {
  const parts = ['x', 'y', 'z'].map((axis) => values[`${name}-${axis}`]);
  return parts.every((part) => typeof part === 'number') ? parts : null;
}

/** An angle between −180 and 180 degrees. */
const wrap = (angle) => angle - 360 * Math.round(angle / 360);

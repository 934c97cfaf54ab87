// SPDX-License-Identifier: Apache-2.0

/** @file The body of one avatar: a walker whose arm carries the watch, or a lantern when only an intensity is shared. */

import * as THREE from 'three';
import { QUIET_AFTER } from './motion.js';

const RADIANS = Math.PI / 180;
/** An intensity of this many m/s² is a vivid movement. */
const VIVID = 3;

const body = (geometry, colour, [x, y, z] = [0, 0, 0]) => {
  const mesh = new THREE.Mesh(geometry, new THREE.MeshLambertMaterial({ color: colour }));
  mesh.position.set(x, y, z);
  return mesh;
};
const glow = (geometry, colour, opacity) =>
  new THREE.Mesh(geometry, new THREE.MeshBasicMaterial({ color: colour, transparent: true, opacity, depthWrite: false }));

/** Moves a value a share of the way. */
const towards = (from, to, share) => from + (to - from) * share;
/** The same for angles, the short way round. */
const turn = (from, to, share) => from + Math.atan2(Math.sin(to - from), Math.cos(to - from)) * share;

/** What all bodies have: a plinth, a shadow and the ring of movement on the ground. */
class Figure {
  root = new THREE.Group();
  energy = 0;
  phase = Math.random() * 6;

  constructor(name, colours) {
    this.colours = colours;
    const shade = glow(new THREE.CircleGeometry(0.62, 32), '#000', 0.22);
    shade.rotation.x = -Math.PI / 2;
    shade.position.y = 0.012;
    this.ring = glow(new THREE.TorusGeometry(0.78, 0.035, 8, 56), colours.bright, 0.5);
    this.ring.rotation.x = -Math.PI / 2;
    this.ring.position.y = 0.04;
    this.pick = new THREE.Mesh(new THREE.CylinderGeometry(0.75, 0.75, 2.4, 8), new THREE.MeshBasicMaterial({ visible: false }));
    this.pick.position.y = 1.2;
    this.pick.userData.avatar = name;
    this.root.add(shade, this.ring, this.pick);
  }

  /** @param {import('./motion.js').Pose} pose @param {number} dt seconds @param {boolean} calm @param {boolean} chosen */
  update(pose, dt, calm, chosen) {
    const moving = Date.now() - pose.heard < QUIET_AFTER ? Math.min(pose.intensity / VIVID, 1.3) : 0;
    this.energy = towards(this.energy, moving, calm ? 1 : Math.min(1, dt * 5));
    this.phase += calm ? 0 : dt * (1 + 8 * this.energy);
    const beat = calm ? 0 : 0.5 + 0.5 * Math.sin(this.phase * 1.3);
    const size = 1 + 0.55 * this.energy + 0.12 * beat * this.energy + (chosen ? 0.12 : 0);
    this.ring.scale.set(size, size, 1 + 2 * this.energy);
    this.ring.material.opacity = chosen ? 1 : Math.min(1, 0.22 + 0.75 * this.energy);
  }

  dispose() {
    this.root.traverse((part) => {
      part.geometry?.dispose();
      part.material?.dispose();
    });
  }
}

/** A person whose left forearm has the orientation of the watch; a dial above the head shows it plainly. */
export class Walker extends Figure {
  height = 2.75;

  constructor(name, colours) {
    super(name, colours);
    const { coat, trousers, skin, hair, bright } = colours;
    this.person = new THREE.Group();
    this.hips = new THREE.Group();
    this.hips.position.y = 0.72;
    this.trunk = new THREE.Group();
    const torso = body(new THREE.CylinderGeometry(0.2, 0.31, 0.72, 20), coat, [0, 0.4, 0]);
    const shoulders = body(new THREE.SphereGeometry(0.245, 20, 12, 0, Math.PI * 2, 0, Math.PI / 2), coat, [0, 0.7, 0]);
    shoulders.scale.set(1.12, 0.7, 0.9);
    this.head = new THREE.Group();
    this.head.position.y = 1.14;
    const cap = body(new THREE.SphereGeometry(0.255, 20, 12, 0, Math.PI * 2, 0, Math.PI * 0.48), hair);
    cap.rotation.x = -0.35;
    this.head.add(body(new THREE.SphereGeometry(0.24, 22, 16), skin), cap, body(new THREE.SphereGeometry(0.05, 10, 8), skin, [0, -0.02, 0.24]));
    const scarf = body(new THREE.TorusGeometry(0.17, 0.062, 10, 24), bright, [0, 0.87, 0]);
    scarf.rotation.x = Math.PI / 2;
    this.left = arm(colours, 1);
    this.right = arm(colours, -1);
    this.trunk.add(torso, shoulders, this.head, scarf, this.left.shoulder, this.right.shoulder);
    this.legs = [leg(trousers, 0.13), leg(trousers, -0.13)];
    this.hips.add(this.trunk, ...this.legs);
    this.person.add(this.hips);
    this.watch = watch(colours);
    this.left.hand.add(this.watch);
    this.dial = dial(colours);
    this.dial.position.y = 2.5;
    this.root.add(this.person, this.dial);
  }

  update(pose, dt, calm, chosen) {
    super.update(pose, dt, calm, chosen);
    const share = calm ? 1 : Math.min(1, dt * 9);
    const stride = Math.sin(this.phase) * this.energy;
    const seated = /^(seated|sitting)/i.test(pose.activity);
    this.person.rotation.y = turn(this.person.rotation.y, pose.yaw * RADIANS, share);
    this.#reach(pose, share);
    this.trunk.rotation.z = towards(this.trunk.rotation.z, Math.sin(pose.roll * RADIANS) * -0.16, share);
    this.trunk.rotation.x = towards(this.trunk.rotation.x, seated ? -0.06 : 0.05 + 0.12 * this.energy, share);
    this.hips.position.y = towards(this.hips.position.y, seated ? 0.46 : 0.72 + Math.abs(stride) * 0.13, share);
    this.legs.forEach((limb, i) => {
      limb.rotation.x = towards(limb.rotation.x, seated ? -1.35 : stride * (i ? -0.75 : 0.75), share);
    });
    this.right.shoulder.rotation.x = towards(this.right.shoulder.rotation.x, seated ? -0.5 : stride * 0.9, share);
    this.dial.rotation.order = 'YXZ';
    this.dial.rotation.y = this.person.rotation.y;
    this.dial.rotation.x = turn(this.dial.rotation.x, -pose.pitch * RADIANS, share);
    this.dial.rotation.z = turn(this.dial.rotation.z, pose.roll * RADIANS, share);
    this.watch.material.emissiveIntensity = 0.25 + this.energy;
  }

  /** The forearm rises from hanging (−90°) through level (0°); the upper arm follows a little. */
  #reach({ pitch, roll }, share) {
    const raised = (pitch + 90) * RADIANS;
    this.left.shoulder.rotation.x = towards(this.left.shoulder.rotation.x, -0.22 * raised, share);
    this.left.elbow.rotation.x = towards(this.left.elbow.rotation.x, -0.78 * raised, share);
    this.left.hand.rotation.y = turn(this.left.hand.rotation.y, roll * RADIANS, share);
  }
}

function arm({ coat, skin }, side) {
  const shoulder = new THREE.Group();
  shoulder.position.set(0.3 * side, 0.72, 0);
  shoulder.rotation.z = 0.12 * side;
  shoulder.add(body(new THREE.CapsuleGeometry(0.085, 0.26, 4, 10), coat, [0, -0.17, 0]));
  const elbow = new THREE.Group();
  elbow.position.y = -0.36;
  const hand = new THREE.Group();
  hand.add(body(new THREE.CapsuleGeometry(0.075, 0.22, 4, 10), coat, [0, -0.12, 0]), body(new THREE.SphereGeometry(0.09, 12, 10), skin, [0, -0.33, 0]));
  elbow.add(hand);
  shoulder.add(elbow);
  return { shoulder, elbow, hand };
}

function leg(colour, x) {
  const limb = new THREE.Group();
  limb.position.x = x;
  limb.add(body(new THREE.CapsuleGeometry(0.105, 0.42, 4, 10), colour, [0, -0.32, 0]), body(new THREE.BoxGeometry(0.17, 0.1, 0.3), colour, [0, -0.66, 0.06]));
  return limb;
}

function watch({ bright }) {
  const material = new THREE.MeshLambertMaterial({ color: bright, emissive: bright });
  const mesh = new THREE.Mesh(new THREE.BoxGeometry(0.17, 0.11, 0.2), material);
  mesh.position.set(0, -0.22, 0);
  return mesh;
}

/** A round watch face: bright in front, dark behind, with a hand that points along the forearm. */
function dial({ bright, face }) {
  const group = new THREE.Group();
  const rim = body(new THREE.CylinderGeometry(0.3, 0.3, 0.07, 32), bright);
  const front = new THREE.Mesh(new THREE.CircleGeometry(0.25, 32), new THREE.MeshBasicMaterial({ color: face }));
  front.rotation.x = -Math.PI / 2;
  front.position.y = 0.037;
  const back = new THREE.Mesh(new THREE.CircleGeometry(0.25, 32), new THREE.MeshBasicMaterial({ color: '#27303a' }));
  back.rotation.x = Math.PI / 2;
  back.position.y = -0.037;
  const pointer = body(new THREE.ConeGeometry(0.075, 0.24, 12), bright, [0, 0, 0.4]);
  pointer.rotation.x = Math.PI / 2;
  const needle = new THREE.Mesh(new THREE.BoxGeometry(0.04, 0.012, 0.22), new THREE.MeshBasicMaterial({ color: '#27303a' }));
  needle.position.set(0, 0.044, 0.1);
  group.add(rim, front, back, pointer, needle);
  return group;
}

/** A lantern that rises, turns and shines with the intensity of the movement, which is all it knows. */
export class Lantern extends Figure {
  height = 2.2;

  constructor(name, colours) {
    super(name, colours);
    const { bright, coat } = colours;
    this.core = new THREE.Mesh(new THREE.OctahedronGeometry(0.36, 0), new THREE.MeshLambertMaterial({ color: bright, emissive: bright, flatShading: true }));
    this.core.scale.y = 1.5;
    this.halo = glow(new THREE.SphereGeometry(0.72, 24, 16), bright, 0.14);
    this.sparks = Array.from({ length: 5 }, () => body(new THREE.OctahedronGeometry(0.075, 0), coat));
    const stalk = body(new THREE.CylinderGeometry(0.035, 0.13, 0.5, 12), coat, [0, 0.25, 0]);
    this.root.add(stalk, this.core, this.halo, ...this.sparks);
  }

  update(pose, dt, calm, chosen) {
    super.update(pose, dt, calm, chosen);
    const height = 1.05 + 0.35 * this.energy + (calm ? 0 : Math.sin(this.phase) * (0.04 + 0.16 * this.energy));
    this.core.position.y = this.halo.position.y = height;
    this.core.rotation.y += calm ? 0 : dt * (0.3 + 5 * this.energy);
    this.core.material.emissiveIntensity = 0.2 + 0.8 * this.energy;
    this.halo.scale.setScalar(0.75 + 0.75 * this.energy);
    this.halo.material.opacity = 0.08 + 0.22 * this.energy;
    this.sparks.forEach((spark, i) => {
      const angle = (i / 5) * Math.PI * 2 + this.phase * 0.35;
      const reach = 0.5 + 0.45 * this.energy;
      spark.position.set(Math.cos(angle) * reach, height + Math.sin(angle * 2 + this.phase) * 0.14, Math.sin(angle) * reach);
    });
  }
}

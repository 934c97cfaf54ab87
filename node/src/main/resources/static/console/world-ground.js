// SPDX-License-Identifier: Apache-2.0

/** @file The ground a platform's avatars stand on: a paved square or a meadow, in colours its name decides. */

import * as THREE from 'three';
import { seed } from './theme.js';

/** A sequence of numbers between 0 and 1 that always is the same for the same name. */
function dice(name) {
  let state = seed(name) || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * @param {string} name of the platform
 * @param {boolean} dark
 */
export function palette(name, dark) {
  const square = seed(name) % 2 === 1;
  const day = square
    ? { sky: '#f3e7d6', floor: '#e3d3b9', inlay: '#b5795a', far: '#d8c3a2', plant: '#7b8f5a', stone: '#efe6d6' }
    : { sky: '#dfeef2', floor: '#a9c78b', inlay: '#f0ead0', far: '#8db58d', plant: '#4f8f62', stone: '#9a7a5c' };
  const night = square
    ? { sky: '#1d1a26', floor: '#4a4150', inlay: '#b98a66', far: '#332d3c', plant: '#4c6a50', stone: '#7d7384' }
    : { sky: '#10202a', floor: '#2c4a45', inlay: '#8fae8d', far: '#1f3a3c', plant: '#3c7560', stone: '#5d5146' };
  return { square, ...(dark ? night : day) };
}

/** Clothes and light of one avatar. @param {string} avatar @param {boolean} dark */
export function colours(avatar, dark) {
  const hue = (seed(avatar) % 997) / 997;
  const tone = (h, s, l) => `#${new THREE.Color().setHSL(h % 1, s, l).getHexString()}`;
  const skins = ['#e6b894', '#c98f65', '#8d5a3b', '#f0cdb0', '#a9714b'];
  return {
    coat: tone(hue, 0.42, dark ? 0.5 : 0.42),
    trousers: tone(hue + 0.08, 0.2, dark ? 0.36 : 0.26),
    bright: tone(hue + 0.5, 0.75, dark ? 0.62 : 0.48),
    face: dark ? '#fff6dd' : '#fffaf0',
    skin: skins[seed(`${avatar} skin`) % skins.length],
    hair: tone(0.07, 0.3, 0.12 + 0.25 * ((seed(`${avatar} hair`) % 97) / 97)),
  };
}

const solid = (geometry, color, flatShading = true) => new THREE.Mesh(geometry, new THREE.MeshLambertMaterial({ color, flatShading }));

/**
 * @param {string} name of the platform
 * @param {ReturnType<typeof palette>} look
 * @param {number} radius of the circle the avatars stand on
 * @returns {{group: THREE.Group, around: THREE.Object3D[]}} all of it, and what stands around and may come before the eye
 */
export function ground(name, look, radius) {
  const group = new THREE.Group();
  const floor = solid(new THREE.CircleGeometry(60, 64), look.far);
  floor.rotation.x = -Math.PI / 2;
  floor.position.y = -0.03;
  const stage = solid(new THREE.CylinderGeometry(radius + 2, radius + 2.25, 0.24, 72), look.floor, false);
  stage.position.y = -0.12;
  group.add(floor, stage);
  for (const [at, width] of [[radius + 1.55, 0.1], [radius + 1.3, 0.03], [radius - 1.1, 0.035], [1.5, 0.12], [1.2, 0.03]]) {
    if (at > 0.3) group.add(inlay(at, width, look.inlay));
  }
  for (let i = 0; i < 48; i++) group.add(tick(radius + 1.42, (i / 48) * Math.PI * 2, look.inlay));
  const roll = dice(name);
  const around = [];
  for (let i = 0; i < 22; i++) {
    const angle = (i / 22) * Math.PI * 2 + roll() * 0.16;
    const away = radius + 3.6 + roll() * 4.5;
    const thing = look.square && i % 2 ? column(look, 2 + roll() * 1.6) : tree(look, 0.8 + roll() * 0.8);
    thing.position.set(Math.cos(angle) * away, 0, Math.sin(angle) * away);
    around.push(thing);
  }
  for (let i = 0; i < 9; i++) {
    const hill = solid(new THREE.SphereGeometry(5 + roll() * 5, 14, 8), look.far);
    const angle = roll() * Math.PI * 2;
    hill.scale.y = 0.28;
    hill.position.set(Math.cos(angle) * 30, -0.3, Math.sin(angle) * 30);
    around.push(hill);
  }
  group.add(...around);
  return { group, around };
}

function inlay(radius, width, colour) {
  const ring = new THREE.Mesh(new THREE.RingGeometry(radius - width, radius + width, 96), new THREE.MeshLambertMaterial({ color: colour }));
  ring.rotation.x = -Math.PI / 2;
  ring.position.y = 0.005;
  return ring;
}

function tick(radius, angle, colour) {
  const mark = new THREE.Mesh(new THREE.PlaneGeometry(0.03, 0.14), new THREE.MeshLambertMaterial({ color: colour }));
  mark.rotation.set(-Math.PI / 2, 0, -angle + Math.PI / 2);
  mark.position.set(Math.cos(angle) * radius, 0.006, Math.sin(angle) * radius);
  return mark;
}

function tree({ plant, stone }, size) {
  const group = new THREE.Group();
  const trunk = solid(new THREE.CylinderGeometry(0.09, 0.14, 0.9, 7), stone);
  trunk.position.y = 0.45;
  const crown = solid(new THREE.IcosahedronGeometry(0.75, 0), plant);
  crown.position.y = 1.5;
  crown.scale.y = 1.35;
  group.add(trunk, crown);
  group.scale.setScalar(size);
  return group;
}

function column({ stone, inlay: trim }, height) {
  const group = new THREE.Group();
  const shaft = solid(new THREE.CylinderGeometry(0.26, 0.32, height, 14), stone, false);
  shaft.position.y = height / 2;
  const head = solid(new THREE.BoxGeometry(0.84, 0.16, 0.84), stone);
  head.position.y = height + 0.08;
  const foot = solid(new THREE.CylinderGeometry(0.42, 0.46, 0.16, 14), trim, false);
  foot.position.y = 0.08;
  group.add(shaft, head, foot);
  return group;
}

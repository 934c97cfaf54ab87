// SPDX-License-Identifier: Apache-2.0

/** @file The stage in three dimensions: draws the avatars in their poses and lets the reader walk around them. */

import * as THREE from 'three';
import { Lantern, Walker } from './world-figure.js';
import { colours, ground, palette } from './world-ground.js';

/** Frames closer together than this are not drawn, and slower ones lower the resolution. */
const SHORTEST_FRAME = 1000 / 40;
const SLOW_FRAME = 90;
/** With reduced motion the picture changes at this pace, without anything in between. */
const CALM_FRAME = 500;
/** The height of the view in degrees, and half of it as a slope. */
const FIELD = 38;
const HALF_HEIGHT = Math.tan((FIELD / 2) * (Math.PI / 180));

export class Scene {
  #scene = new THREE.Scene();
  #camera = new THREE.PerspectiveCamera(FIELD, 1, 0.1, 120);
  #renderer;
  #figures = new Map();
  #ground = null;
  #look = null;
  #radius = 4;
  #view = { around: 0.5, above: 0.42, away: 1 };
  #last = 0;
  #frame = 0;
  #ratio = Math.min(devicePixelRatio, 1.75);
  #slow = 0;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{poses: () => Record<string, import('./motion.js').Pose>, calm: () => boolean, drawn: (place: (avatar: string) => {x: number, y: number, depth: number}|null) => void}} world
   * @throws {Error} where there is no WebGL
   */
  constructor(canvas, world) {
    this.world = world;
    this.canvas = canvas;
    this.#renderer = new THREE.WebGLRenderer({ canvas, antialias: true, powerPreference: 'low-power' });
    this.#scene.add(new THREE.HemisphereLight('#ffffff', '#8a7f6a', 1.9));
    const sun = new THREE.DirectionalLight('#fff1d8', 1.7);
    sun.position.set(5, 9, 6);
    this.#scene.add(sun);
    this.chosen = '';
  }

  /** @param {string} name of the platform @param {boolean} dark */
  dress(name, dark) {
    this.name = name;
    this.dark = dark;
    this.#look = palette(name, dark);
    this.#scene.background = new THREE.Color(this.#look.sky);
    this.#scene.fog = new THREE.Fog(this.#look.sky);
    this.#clear();
  }

  #clear() {
    for (const figure of this.#figures.values()) this.#drop(figure);
    this.#figures.clear();
    this.#level();
  }

  #level() {
    if (!this.#ground) return;
    this.#scene.remove(this.#ground.group);
    this.#ground.group.traverse((part) => (part.geometry?.dispose(), part.material?.dispose()));
    this.#ground = null;
  }

  #drop(figure) {
    this.#scene.remove(figure.root);
    figure.dispose();
  }

  /** Gives every avatar a body of the right kind and a place. */
  #populate(poses) {
    const names = Object.keys(poses);
    let changed = names.length !== this.#figures.size || !this.#ground;
    for (const name of names) {
      const Body = poses[name].oriented ? Walker : Lantern;
      const figure = this.#figures.get(name);
      if (figure instanceof Body) continue;
      if (figure) this.#drop(figure);
      const born = new Body(name, colours(name, this.dark));
      this.#figures.set(name, born);
      this.#scene.add(born.root);
      changed = true;
    }
    for (const [name, figure] of this.#figures) {
      if (name in poses) continue;
      this.#drop(figure);
      this.#figures.delete(name);
    }
    if (changed) this.#arrange();
  }

  /** Up to twelve in one circle, more in a spiral that keeps everybody apart. */
  #arrange() {
    const n = this.#figures.size;
    const circle = n <= 12;
    this.#radius = circle ? Math.max(2.4, n * 0.44) : 1.25 * Math.sqrt(n);
    [...this.#figures.values()].forEach(({ root }, i) => {
      const angle = circle ? (i / n) * Math.PI * 2 : i * 2.39996;
      const away = circle ? this.#radius : 1.25 * Math.sqrt(i + 0.5);
      root.position.set(Math.sin(angle) * away, 0, Math.cos(angle) * away);
      root.rotation.y = angle;
    });
    this.#level();
    this.#ground = ground(this.name, this.#look, this.#radius);
    this.#scene.add(this.#ground.group);
  }

  start() {
    if (!this.#frame) this.#frame = requestAnimationFrame(this.#tick);
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #tick = (now) => {
    this.#frame = requestAnimationFrame(this.#tick);
    const calm = this.world.calm();
    const since = now - this.#last;
    if (since < (calm ? CALM_FRAME : SHORTEST_FRAME)) return;
    this.#last = now;
    this.draw(Math.min(since, 250) / 1000, calm);
    this.#adapt(since, calm);
  };

  /** On a machine without a graphics card, fewer pixels are better than fewer frames. */
  #adapt(since, calm) {
    this.#slow = !calm && since > SLOW_FRAME ? this.#slow + 1 : 0;
    if (this.#slow < 6 || this.#ratio <= 0.75) return;
    this.#ratio = Math.max(0.75, this.#ratio * 0.75);
    this.#slow = 0;
  }

  draw(dt, calm) {
    const poses = this.world.poses();
    this.#populate(poses);
    for (const [name, figure] of this.#figures) figure.update(poses[name], dt, calm, name === this.chosen);
    this.#fit();
    this.#renderer.render(this.#scene, this.#camera);
    this.world.drawn((name) => this.#place(name));
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.#renderer.setPixelRatio(this.#ratio);
    this.#renderer.setSize(width, height, false);
    const aspect = width / Math.max(height, 1);
    const { around, above, away } = this.#view;
    const wide = (this.#radius + 1.3) / (HALF_HEIGHT * aspect);
    const distance = Math.max(wide, (this.#radius + 1.7) * 2.25) * away;
    Object.assign(this.#scene.fog, { near: distance * 1.15, far: distance * 3.2 });
    this.#camera.aspect = aspect;
    this.#camera.position.set(Math.sin(around) * Math.cos(above) * distance, Math.sin(above) * distance + 0.8, Math.cos(around) * Math.cos(above) * distance);
    this.#camera.lookAt(0, 0.9, 0);
    this.#camera.updateProjectionMatrix();
    for (const thing of this.#ground.around) {
      const { x, z } = thing.position;
      thing.visible = x * Math.sin(around) + z * Math.cos(around) < this.#radius;
    }
  }

  /** Where on the canvas the top of an avatar is. */
  #place(name) {
    const figure = this.#figures.get(name);
    if (!figure) return null;
    const point = figure.root.position.clone().setY(figure.height + 0.22).project(this.#camera);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    return { x: ((point.x + 1) / 2) * width, y: ((1 - point.y) / 2) * height, depth: point.z };
  }

  /** Turns and tilts the view, in radians. */
  orbit(around, above) {
    this.#view.around += around;
    this.#view.above = Math.min(1.35, Math.max(0.12, this.#view.above + above));
  }

  /** @param {number} factor below 1 comes nearer */
  zoom(factor) {
    this.#view.away = Math.min(2, Math.max(0.4, this.#view.away * factor));
  }

  /** @returns {string} the avatar at a place of the canvas, or nothing */
  at(x, y) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ray = new THREE.Raycaster();
    ray.setFromCamera(new THREE.Vector2((x / width) * 2 - 1, 1 - (y / height) * 2), this.#camera);
    const [hit] = ray.intersectObjects([...this.#figures.values()].map((figure) => figure.pick));
    return hit?.object.userData.avatar ?? '';
  }

  dispose() {
    this.stop();
    this.#clear();
    this.#renderer.dispose();
  }
}

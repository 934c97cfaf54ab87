// SPDX-License-Identifier: Apache-2.0

/** @file The reference framework as a picture: where everything stands, and the dots that travel along the arrows. */

import { svg } from 'lit';
import { calm } from './theme.js';

/**
 * Where the parts stand: boxes as [x, y, width, height], badges as [x, y], arrows as paths the way that counts as in:
 * towards the avatars, or into the storage. The same parts are laid out once for wide and once for narrow pages.
 */
const WIDE = {
  size: [1280, 640],
  boxes: {
    things: [24, 200, 200, 96], gateway: [24, 352, 200, 76],
    node: [390, 112, 500, 396],
    thingsAgent: [414, 217, 136, 62], avatarAgent: [570, 140, 140, 56],
    entityAgent: [730, 217, 136, 62], storageAgent: [570, 428, 140, 56],
    entities: [1056, 200, 200, 96], processing: [1056, 352, 200, 76],
    platforms: [520, 8, 240, 56], storage: [510, 572, 260, 60],
  },
  name: [414, 484],
  avatars: [640, 314, 64],
  arrows: {
    R1: 'M224 248 H414', R1g: 'M124 352 V296', R4: 'M1056 248 H866', R5: 'M640 64 V140', R6: 'M1056 390 H798 V279', R2: 'M640 484 V572',
    R3: 'M684 268 C 762 256 762 372 684 360',
    apply: 'M545 266 L588 288', serve: 'M735 266 L692 288', keep: 'M640 378 V428', mind: 'M640 196 V250',
  },
  badges: { R1: [307, 248], R4: [973, 248], R5: [640, 88], R6: [973, 390], R2: [640, 541], R3: [742, 314] },
};

const TALL = {
  size: [380, 860],
  boxes: {
    things: [12, 10, 170, 84], gateway: [208, 10, 160, 84],
    node: [12, 170, 356, 400],
    thingsAgent: [32, 218, 130, 54], avatarAgent: [218, 218, 130, 54],
    storageAgent: [32, 488, 130, 54], entityAgent: [218, 488, 130, 54],
    storage: [12, 650, 170, 76], entities: [208, 650, 160, 76],
    platforms: [12, 776, 170, 72], processing: [208, 776, 160, 72],
  },
  name: [34, 204],
  avatars: [190, 378, 64],
  arrows: {
    R1: 'M97 94 V218', R1g: 'M208 52 H182', R4: 'M268 650 V542', R2: 'M97 542 V650',
    R5: 'M60 776 V750 H4 V150 H283 V218', R6: 'M328 776 V750 H376 V610 H328 V542',
    R3: 'M236 334 C 320 322 320 434 236 422',
    apply: 'M120 272 L152 328', mind: 'M262 272 L228 328', keep: 'M152 428 L120 488', serve: 'M228 428 L262 488',
  },
  badges: { R1: [97, 134], R4: [268, 612], R2: [97, 612], R5: [97, 750], R6: [288, 750], R3: [300, 378] },
};

export const POINTS = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6'];

/** The inner arrow that goes on with the traffic of a point. */
const ONWARD = { R1: 'apply', R4: 'serve', R2: 'keep' };

/** @param {boolean} narrow */
export const layout = (narrow) => (narrow ? TALL : WIDE);

const TITLES = {
  things: 'Things', gateway: 'IoT gateway', thingsAgent: 'Things agent', avatarAgent: 'Avatar agent', entityAgent: 'Entity agent',
  storageAgent: 'Storage agent', entities: 'Entities', processing: 'External DPM', platforms: 'Other platforms', storage: 'Trustworthy storage',
};
const SUBTITLES = {
  things: 'on an IoT platform', gateway: 'signs for simple things', entities: 'clients, digital humans', processing: 'data processing',
  platforms: 'metaverse platforms', storage: 'journal · log · vault',
};
const AGENTS = ['thingsAgent', 'avatarAgent', 'entityAgent', 'storageAgent'];
const OUTSIDE = ['things', 'gateway', 'entities', 'processing', 'platforms', 'storage'];
const BELONGS = { platforms: 'R5', processing: 'R6', things: 'R1', gateway: 'R1', entities: 'R4', storage: 'R2' };

/**
 * @param {object} plan a layout
 * @param {{name: string, used: Set<string>, busy: Set<string>, notes: Record<string, string>, avatars: number}} state
 */
export function figure(plan, { name, used, busy, notes, avatars }) {
  const [width, height] = plan.size;
  const use = (point) => `${used.has(point) ? 'used' : 'unused'} ${busy.has(point) ? 'busy' : ''}`;
  return svg`
    <svg class="framework-figure" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="figure-title">
      <title id="figure-title">The node ${name} between things, entities, storage and other platforms; the table below has the same figures.</title>
      ${frame(plan, name)}
      ${['apply', 'serve', 'keep', 'mind'].map((id) => svg`<path class="inner" data-path=${id} d=${plan.arrows[id]}/>`)}
      <path class=${`arrow ${use('R1')}`} d=${plan.arrows.R1g}/>
      ${POINTS.map((point) => svg`<path class=${`arrow ${use(point)}`} data-path=${point} d=${plan.arrows[point]}/>`)}
      <g class="pulses"></g>
      ${OUTSIDE.map((id) => box(id, plan.boxes[id], `outside ${use(BELONGS[id])}`, notes[id] ?? SUBTITLES[id]))}
      ${AGENTS.map((id) => box(id, plan.boxes[id], 'agent', notes[id]))}
      ${ring(plan.avatars, avatars)}
      ${POINTS.map((point) => badge(point, plan.badges[point], use(point)))}
    </svg>`;
}

const frame = ({ boxes: { node: [x, y, w, h] }, name: [left, base] }, name) => svg`
  <g class="node">
    <rect x=${x} y=${y} width=${w} height=${h} rx="14"/>
    <rect class="perforation" x=${x + 7} y=${y + 7} width=${w - 14} height=${h - 14} rx="9"/>
    <text class="node-name" x=${left} y=${base}>${name}</text>
  </g>`;

const box = (id, [x, y, w, h], kind, note) => svg`
  <g class=${`box ${kind}`}>
    <rect x=${x} y=${y} width=${w} height=${h} rx=${kind === 'agent' ? h / 2 : 6}/>
    <text class="title" x=${x + w / 2} y=${y + h / 2 + (note ? -5 : 5)}>${TITLES[id]}</text>
    ${note ? svg`<text class="note" x=${x + w / 2} y=${y + h / 2 + 15}>${note}</text>` : ''}
  </g>`;

/** The avatars stand in a circle, up to twelve of them drawn. */
function ring([cx, cy, r], avatars) {
  const drawn = Math.min(Math.max(avatars, 3), 12);
  const figures = Array.from({ length: drawn }, (_, i) => {
    const angle = (i / drawn) * 2 * Math.PI - Math.PI / 2;
    const x = (cx + (r - 19) * Math.cos(angle)).toFixed(1);
    const y = (cy + (r - 19) * Math.sin(angle)).toFixed(1);
    return svg`<g class="person" transform="translate(${x} ${y})"><circle cy="-5" r="3.6"/><path d="M-5.5 7.5a5.5 6.5 0 0 1 11 0z"/></g>`;
  });
  return svg`
    <g class=${avatars ? 'avatars' : 'avatars none'}>
      <circle class="ground" cx=${cx} cy=${cy} r=${r}/>
      ${figures}
      <text class="count" x=${cx} y=${cy + 3}>${avatars}</text>
      <text class="note" x=${cx} y=${cy + 17}>avatars</text>
    </g>`;
}

const badge = (point, [x, y], use) => svg`
  <g class=${`badge ${use}`} transform="translate(${x} ${y})"><circle r="19"/><circle class="edge" r="15.5"/><text y="5">${point}</text></g>`;

/**
 * Sends dots along the arrow of a point, and onward between agent and avatars.
 * @param {SVGSVGElement} picture
 * @param {string} point
 * @param {number} inward how many came in since the last time
 * @param {number} outward how many went out; with R1, how many the things agent passed on to avatars
 */
export function pulse(picture, point, inward, outward) {
  if (calm() || document.hidden) return;
  send(picture, point, inward, false);
  if (point === 'R1') {
    send(picture, ONWARD.R1, outward, false, 300);
  } else {
    send(picture, point, outward, true);
    if (point === 'R4') send(picture, ONWARD.R4, outward, true);
    if (point === 'R2') send(picture, ONWARD.R2, inward, false);
  }
}

function send(picture, path, amount, backwards, delay = 0) {
  const line = picture.querySelector(`[data-path="${path}"]`);
  const most = line.classList.contains('inner') ? 2 : 5;
  const dots = Math.min(most, Math.ceil(Math.log2(amount + 1)));
  for (let i = 0; i < dots; i++) travel(picture, line, backwards, delay + (i * 500) / dots);
}

function travel(picture, line, backwards, delay) {
  const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
  dot.setAttribute('r', '4.2');
  dot.setAttribute('class', backwards ? 'pulse out' : 'pulse in');
  dot.style.offsetPath = `path("${line.getAttribute('d')}")`;
  dot.style.offsetRotate = '0deg';
  picture.querySelector('.pulses').append(dot);
  const stops = backwards ? ['100%', '0%'] : ['0%', '100%'];
  const frames = stops.map((offsetDistance) => ({ offsetDistance }));
  const journey = dot.animate(frames, { duration: 900, delay, easing: 'cubic-bezier(.4,0,.5,1)', fill: 'backwards' });
  journey.onfinish = journey.oncancel = () => dot.remove();
}

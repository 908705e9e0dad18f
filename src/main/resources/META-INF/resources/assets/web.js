// What pages do in the browser: times in its zone, live parts, charts, and what went wrong.
'use strict';

const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

function localTimes(root) {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  all('time[datetime]', root).forEach((time) => {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      time.title = time.textContent;
      time.textContent = format.format(at);
    }
  });
}

function currentPage() {
  const path = location.pathname;
  all('.bar nav a').forEach((a) => {
    const here = a.pathname === '/' ? path === '/' : path.startsWith(a.pathname);
    if (here) a.setAttribute('aria-current', 'page');
  });
}

// Live parts ------------------------------------------------------------------------------------
const EVENTS = ['message', 'resumed', 'phase_started', 'engine_started', 'rollout_finished', 'output_judged',
  'evaluated', 'critiqued', 'candidate_made', 'round_finished', 'best_changed', 'training_step', 'note', 'state', 'end'];
const PAUSE_MS = 700;

// Loads the part again; details that a reader has opened stay open, and the focus where it was.
function refresh(part, url) {
  const open = all('details[open][id]', part).map((d) => d.id);
  const focus = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  const scrolled = all('.scroll, .log', part).map((e) => [e.scrollLeft, e.scrollTop]);
  return htmx.ajax('GET', url, { target: part, swap: 'innerHTML' }).then(() => {
    open.forEach((id) => { const d = document.getElementById(id); if (d) d.open = true; });
    all('.scroll, .log', part).forEach((e, i) => {
      if (scrolled[i]) [e.scrollLeft, e.scrollTop] = scrolled[i];
    });
    if (focus) {
      const again = all('a[href]', part).find((a) => a.getAttribute('href') === focus);
      if (again) again.focus({ preventScroll: true });
    }
  });
}

function live(part) {
  const url = part.dataset.live;
  let due = false;
  let timer = null;
  const later = () => {
    due = true;
    if (timer !== null) return;
    timer = setTimeout(async () => {
      due = false;
      try { await refresh(part, url); } finally {
        timer = null;
        if (due) later();
      }
    }, PAUSE_MS);
  };
  let polling = null;
  const poll = () => { if (polling === null) polling = setInterval(later, 3 * PAUSE_MS); };
  const source = new EventSource(part.dataset.events);
  EVENTS.forEach((name) => source.addEventListener(name, later));
  source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) poll(); });
}

function poll(part) {
  setInterval(() => { if (!document.hidden) refresh(part, part.dataset.poll); }, 3000);
}

// Charts ----------------------------------------------------------------------------------------
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const two = (x) => x.toFixed(2);

function axis(name, more) {
  return Object.assign({
    name, nameLocation: 'middle', nameGap: 32, nameTextStyle: { color: colour('--dim') },
    axisLabel: { color: colour('--dim') }, axisLine: { lineStyle: { color: colour('--line') } },
    splitLine: { lineStyle: { color: colour('--line') } },
  }, more);
}

// Told apart on light and on dark ground, also by those who see red and green alike.
const COLOURS = ['#2f6fde', '#c96a00', '#168a72', '#b3478f', '#7a6bd1', '#8a7a00', '#4f7f9f', '#b5504a'];

function base() {
  return {
    color: COLOURS,
    animation: false, textStyle: { fontFamily: 'system-ui, sans-serif' },
    grid: { left: 62, right: 24, top: 28, bottom: 52 },
    tooltip: { renderMode: 'richText', confine: true, backgroundColor: colour('--bg'), borderColor: colour('--dim'),
      textStyle: { color: colour('--ink') } },
  };
}

const KINDS = {
  // Candidates by the calls made until they were measured, and the best until then.
  score({ points }) {
    let best = -1;
    const line = points.map((p) => { best = Math.max(best, p.score); return [p.calls, best]; });
    return Object.assign(base(), {
      xAxis: axis('Model calls', { type: 'value', min: 0, minInterval: 1 }),
      yAxis: axis('Mean reward (0 to 1)', { type: 'value', min: 0, max: 1, nameGap: 38 }),
      series: [
        { type: 'line', name: 'Best', data: line, step: 'end', symbol: 'none', silent: true,
          lineStyle: { color: colour('--accent'), width: 2 } },
        { type: 'scatter', name: 'Candidates', symbolSize: 9,
          itemStyle: { color: colour('--bg'), borderColor: colour('--accent'), borderWidth: 1.5 },
          data: points.map((p) => ({ value: [p.calls, p.score], p })),
          tooltip: { formatter: ({ data: { p } }) => `${p.name}: ${two(p.score)} on ${p.tasks} tasks\nafter ${p.calls} calls` } },
      ],
    });
  },
  // Mean human scores of lineages over cycles.
  cycles({ lineages }) {
    const cycles = lineages.flatMap((l) => l.points.map((p) => p.cycle));
    return Object.assign(base(), {
      legend: { top: 0, textStyle: { color: colour('--ink') } },
      xAxis: axis('Cycle', { type: 'value', minInterval: 1, min: Math.min(...cycles), max: Math.max(...cycles) }),
      yAxis: axis('Mean human score (1 to 10)', { type: 'value', min: 1, max: 10, nameGap: 38 }),
      series: lineages.map((l) => ({
        type: 'line', name: `Lineage ${l.label}`, data: l.points.map((p) => ({ value: [p.cycle, p.mean], p })), symbolSize: 7,
        tooltip: { formatter: ({ data: { p } }) => `Lineage ${l.label}, cycle ${p.cycle}\n${two(p.mean)} of 10, ${p.scores} scores` },
      })),
    });
  },
  // A training's metrics by step, each with an axis of its own; the plot grows with their number.
  training({ panels }, plot) {
    const height = 210;
    const across = plot.clientWidth > 720 ? 2 : 1;
    const width = plot.clientWidth / across;
    plot.style.height = `${Math.max(1, Math.ceil(panels.length / across)) * height}px`;
    const left = (i) => (i % across) * width;
    const top = (i) => Math.floor(i / across) * height;
    return Object.assign(base(), {
      tooltip: Object.assign(base().tooltip, { trigger: 'axis', valueFormatter: (x) => String(Number(x.toPrecision(4))) }),
      title: panels.map((p, i) => ({ text: p.name, left: left(i) + 6, top: top(i), textStyle: { color: colour('--ink'), fontSize: 13 } })),
      grid: panels.map((p, i) => ({ left: left(i) + 62, top: top(i) + 30, width: width - 86, height: height - 84 })),
      xAxis: panels.map((p, i) => axis('Step', { type: 'value', minInterval: 1, min: 'dataMin', max: 'dataMax', gridIndex: i, nameGap: 24 })),
      yAxis: panels.map((p, i) => axis('', { type: 'value', scale: true, splitNumber: 3, gridIndex: i })),
      series: panels.flatMap((p, i) => p.series.map((s) => ({
        type: 'line', name: s.name, data: s.points, xAxisIndex: i, yAxisIndex: i,
        showSymbol: s.points.length < 40, symbolSize: 5,
        itemStyle: { color: s.name === 'train' ? colour('--accent') : COLOURS[1] },
        lineStyle: { color: s.name === 'train' ? colour('--accent') : COLOURS[1], width: 2, type: s.name === 'train' ? 'solid' : 'dashed' },
      }))),
    });
  },
};

function draw(plot) {
  const from = plot.dataset.plotFrom ? document.getElementById(plot.dataset.plotFrom) : plot;
  if (!from || !from.dataset.plot || !window.echarts) return;
  const data = JSON.parse(from.dataset.plot);
  const option = KINDS[plot.dataset.kind](data, plot);
  const chart = echarts.getInstanceByDom(plot) || echarts.init(plot, null, { renderer: 'canvas' });
  chart.resize();
  chart.setOption(option, true);
}

const drawAll = () => all('.plot').forEach(draw);

// Files -----------------------------------------------------------------------------------------
// A file may be dropped as well as chosen; what was said of another file is gone then.
function dropPlace(place) {
  const input = place.querySelector('input[type=file]');
  const hasFiles = (e) => e.dataTransfer && Array.from(e.dataTransfer.types).includes('Files');
  const over = (is) => (e) => {
    if (!hasFiles(e)) return;
    e.preventDefault();
    place.classList.toggle('over', is);
  };
  ['dragenter', 'dragover'].forEach((name) => place.addEventListener(name, over(true)));
  ['dragleave', 'drop'].forEach((name) => place.addEventListener(name, over(false)));
  place.addEventListener('drop', (e) => {
    if (!hasFiles(e) || e.dataTransfer.files.length === 0) return;
    input.files = e.dataTransfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  input.addEventListener('change', (e) => {
    document.getElementById('looked').replaceChildren();
    trouble('');
    if (input.files.length > 0 && input.files[0].size > Number(place.dataset.most)) {
      e.stopPropagation();
      trouble(`${input.files[0].name} is too large for the page. Use the command: bridge import.`);
      input.value = '';
    }
  });
}

// Work by keyboard: a key presses the button that names it; not while a text is typed.
function workKey(e) {
  const part = document.querySelector('[data-keys]');
  if (!part || e.ctrlKey || e.metaKey || e.altKey || e.repeat) return;
  if (e.target.closest('input, textarea, select')) {
    if (e.key === 'Escape') part.focus();
    return;
  }
  const named = all('[data-key]', part).find((b) => b.dataset.key.split(' ').includes(e.key));
  if (!named) return;
  e.preventDefault();
  if (named.matches('textarea')) named.focus(); else named.click();
}

// Prompts are copied as they are shown; the button says whether that worked.
async function copy(button) {
  const pre = button.parentElement.querySelector('pre');
  let done = true;
  try {
    await navigator.clipboard.writeText(pre.textContent);
  } catch (refused) {
    // A page that is not on this machine and has no TLS may not write there by itself.
    const range = document.createRange();
    range.selectNodeContents(pre);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    done = document.execCommand('copy');
  }
  button.textContent = done ? 'Copied' : 'Selected: press Ctrl+C';
  setTimeout(() => { button.textContent = 'Copy'; }, 3000);
}
document.addEventListener('click', (e) => {
  const button = e.target.closest('[data-copy]');
  if (button) copy(button);
});

// A button that needs several chosen boxes of its form says so by being off until then.
function needsChosen(button) {
  const boxes = all('input[type=checkbox]', button.form);
  const check = () => { button.disabled = boxes.filter((b) => b.checked).length < Number(button.dataset.needs); };
  button.form.addEventListener('change', check);
  check();
}

// Start -----------------------------------------------------------------------------------------
document.addEventListener('DOMContentLoaded', () => {
  localTimes(document);
  currentPage();
  all('[data-zone]').forEach((i) => { i.value = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'; });
  all('[data-live]').forEach(live);
  all('[data-poll]').forEach(poll);
  all('.drop').forEach(dropPlace);
  all('[data-needs]').forEach(needsChosen);
  drawAll();
});
document.addEventListener('htmx:afterSwap', (e) => { localTimes(e.detail.target); drawAll(); });
document.addEventListener('keydown', workKey);
document.addEventListener('htmx:afterSwap', (e) => {
  if (e.detail.target.matches('[data-keys]')) e.detail.target.focus({ preventScroll: true });
});
addEventListener('resize', drawAll);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);

// What went wrong is said at the page's top, as the server told it.
function trouble(text) {
  const place = document.getElementById('trouble');
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
  if (text) place.scrollIntoView({ block: 'nearest' });
}
document.addEventListener('htmx:beforeRequest', (e) => { if (e.detail.requestConfig.verb !== 'get') trouble(''); });
document.addEventListener('htmx:sendError', () => trouble('The server cannot be reached. Is it still running?'));
document.addEventListener('htmx:responseError', (e) => {
  const xhr = e.detail.xhr;
  if (xhr.status === 401) { location.href = '/login'; return; }
  let said = `The server answered with status ${xhr.status}.`;
  try {
    const problem = JSON.parse(xhr.responseText);
    said = [`${problem.code}: ${problem.detail || problem.title}`, problem.where, problem.remedy].filter(Boolean).join('\n');
  } catch (ignored) { /* not a problem document */ }
  trouble(said);
});

// The API's reference, drawn from the description that the server gives of itself. All of it is set as text.
'use strict';

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => { if (value !== null) element.setAttribute(key, value); });
  children.flat().filter((child) => child !== null && child !== '').forEach((child) => element.append(child));
  return element;
};

const refName = (ref) => ref.split('/').pop();
const schemaId = (name) => `schema-${name}`;

// A schema in a few words; one with a name of its own leads to it.
function typeOf(schema) {
  if (!schema) return ['any'];
  if (schema.$ref) return [make('a', { href: `#${schemaId(refName(schema.$ref))}` }, refName(schema.$ref))];
  const several = schema.oneOf || schema.anyOf || schema.allOf;
  if (several) return several.flatMap((one, i) => (i ? [' or ', ...typeOf(one)] : typeOf(one)));
  if (schema.items) return ['list of ', ...typeOf(schema.items)];
  if (schema.additionalProperties && typeof schema.additionalProperties === 'object') {
    return ['object of ', ...typeOf(schema.additionalProperties)];
  }
  const types = [].concat(schema.type || 'any').filter((type) => type !== 'null').join(' or ');
  return [schema.enum ? `${types}: ${schema.enum.filter((value) => value !== null).join(', ')}` : types];
}

function bounds(schema) {
  const said = [];
  if (!schema) return '';
  if (schema.minimum !== undefined) said.push(`at least ${schema.minimum}`);
  if (schema.maximum !== undefined) said.push(`at most ${schema.maximum}`);
  if (schema.default !== undefined) said.push(`default ${schema.default}`);
  return said.join(', ');
}

const table = (heads, rows) => make('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': heads.join(', ') },
  make('table', {},
    make('thead', {}, make('tr', {}, heads.map((head) => make('th', { scope: 'col' }, head)))),
    make('tbody', {}, rows.map(([first, ...rest]) => make('tr', {},
      make('th', { scope: 'row' }, make('code', {}, first)), rest.map((cell) => make('td', {}, cell)))))));

const json = (value) => make('pre', { tabindex: 0 }, typeof value === 'string' ? value.trim() : JSON.stringify(value, null, 2));

function bodyOf(content) {
  const [type, media] = Object.entries(content || {})[0] || [];
  if (!media) return [];
  const examples = Object.values(media.examples || {}).map((example) => example.value);
  if (media.example !== undefined) examples.push(media.example);
  return [make('p', {}, make('code', {}, type), ': ', typeOf(media.schema)), ...examples.slice(0, 1).map(json)];
}

function operation(method, path, op, shared) {
  const parameters = [...shared, ...(op.parameters || [])];
  const sections = [];
  if (op.description) sections.push(make('p', {}, op.description));
  if (parameters.length) {
    sections.push(make('h4', {}, 'Parameters'), table(['Name', 'Where', 'What'], parameters.map((p) => [
      p.name, p.in + (p.required ? ', needed' : ''),
      [...typeOf(p.schema), ...[bounds(p.schema), p.description].filter(Boolean).map((text) => `. ${text}`)]])));
  }
  if (op.requestBody) sections.push(make('h4', {}, 'Body'), ...bodyOf(op.requestBody.content));
  const answers = Object.entries(op.responses || {});
  if (answers.length) {
    sections.push(make('h4', {}, 'Answers'), table(['Status', 'What', 'Body'], answers.map(([status, answer]) => {
      const media = Object.values(answer.content || {})[0];
      return [status, answer.description || '', media ? typeOf(media.schema) : '–'];
    })));
  }
  return make('details', { class: 'full operation', id: op.operationId || null },
    make('summary', {}, make('span', { class: 'method' }, method.toUpperCase()), ' ', make('code', {}, path), ' ',
      make('span', { class: 'dim' }, op.summary || '')), sections);
}

function schema(name, it) {
  const needed = new Set(it.required || []);
  const members = Object.entries(it.properties || {});
  const example = it.example !== undefined ? it.example : (it.examples || [])[0];
  return make('details', { class: 'full operation', id: schemaId(name) }, make('summary', {}, make('code', {}, name)),
    it.description ? make('p', {}, it.description) : null,
    members.length
      ? table(['Member', 'Needed', 'What'], members.map(([member, of]) => [
        member, needed.has(member) ? 'yes' : 'no',
        [...typeOf(of), ...[bounds(of), of.description].filter(Boolean).map((text) => `. ${text}`)]]))
      : make('p', {}, typeOf(it)),
    example !== undefined ? json(example) : null);
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

function draw(api, place) {
  const groups = new Map();
  Object.entries(api.paths || {}).forEach(([path, item]) => METHODS.filter((m) => item[m]).forEach((method) => {
    const tag = (item[method].tags || ['Other'])[0];
    if (!groups.has(tag)) groups.set(tag, []);
    groups.get(tag).push(operation(method, path, item[method], item.parameters || []));
  }));
  const sections = [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([tag, operations]) =>
    make('section', {}, make('h2', {}, tag), operations));
  const schemas = Object.entries((api.components || {}).schemas || {}).sort(([a], [b]) => a.localeCompare(b));
  sections.push(make('section', {}, make('h2', {}, 'Shapes of bodies'), schemas.map(([name, it]) => schema(name, it))));
  place.replaceChildren(...sections);
}

// What an address or a link leads to is opened.
function opened() {
  const there = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (there && there.tagName === 'DETAILS') {
    there.open = true;
    there.scrollIntoView();
  }
}

function filter(words, place) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  place.querySelectorAll('section').forEach((section) => {
    const all = Array.from(section.querySelectorAll('.operation'));
    all.forEach((one) => {
      const said = one.querySelector('summary').textContent.toLowerCase();
      one.hidden = !wanted.every((word) => said.includes(word));
    });
    section.hidden = all.every((one) => one.hidden);
  });
}

document.addEventListener('DOMContentLoaded', async () => {
  const place = document.getElementById('reference');
  try {
    const answer = await fetch('/q/openapi?format=json');
    draw(await answer.json(), place);
    document.getElementById('find').addEventListener('input', (e) => filter(e.target.value, place));
    addEventListener('hashchange', opened);
    opened();
  } catch (failed) {
    place.textContent = `The description of the API cannot be read: ${failed.message}.`;
  }
});

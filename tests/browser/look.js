// What a page looks like from inside the browser: functions that give what is wrong, in words.
({
tooWide: () => {
  const wide = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const scrolls = e => { for (let p = e; p; p = p.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX) && p.tabIndex === 0) return true; } return false; };
  for (const e of document.body.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (box.width && box.right > wide + 1 && e.checkVisibility() && !e.closest('.unseen, .skip, .watermark') && !scrolls(e))
      found.push(`<${e.tagName.toLowerCase()}> ends at ${Math.round(box.right)}: ${e.textContent.trim().slice(0, 50)}`);
  }
  return found.slice(0, 5);
},

cutOff: () => [...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)
  .map(e => `${e.scrollWidth} in ${e.clientWidth}: ${e.textContent.trim().slice(0, 50)}`),

ratingsOutOfSight: () => {
  const wide = document.documentElement.clientWidth, found = [];
  for (const cell of document.querySelectorAll('td:nth-child(2)')) {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const end = Math.round(range.getBoundingClientRect().right);
    if (cell.querySelector('.mark') && cell.checkVisibility() && end > wide)
      found.push(`${cell.closest('table').caption.textContent}: '${cell.textContent.trim()}' ends at ${end}`);
  }
  return found.slice(0, 5);
},

smallText: least => {
  const found = new Map(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.data.trim(), e = walk.currentNode.parentElement;
    if (!text || !e.checkVisibility() || e.closest('.unseen, title, desc')) continue;
    let size = parseFloat(getComputedStyle(e).fontSize);
    if (e.ownerSVGElement) size *= e.getScreenCTM().a;
    if (size < least - 0.05) found.set(`${e.tagName} ${e.className.baseVal ?? e.className}`, `${size.toFixed(1)}px: ${text.slice(0, 40)}`);
  }
  return [...found].map(([where, what]) => `${where}: ${what}`);
},

touching: () => [...document.querySelectorAll('svg.chart')].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const texts = [...svg.querySelectorAll('text')].map(e => {
    const box = e.getBBox();  // from the ascent to the descent: letters lie within
    return {words: e.textContent, left: box.x, right: box.x + box.width, top: box.y + 3, bottom: box.y + box.height - 3};
  });
  const title = svg.querySelector('title').textContent, found = [], view = svg.viewBox.baseVal;
  const say = (one, what) => found.push(`${title}: '${one.words}' ${what}`);
  texts.forEach((one, i) => {
    if (one.left < -1 || one.right > view.width + 1 || one.bottom > view.height + 3) say(one, 'is cut off');
    for (const other of texts.slice(i + 1))
      if (one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom && other.top < one.bottom)
        say(one, `over '${other.words}'`);
  });
  const inside = (p, t) => t.left + 1 < p.x && p.x < t.right - 1 && t.top < p.y && p.y < t.bottom;
  for (const path of svg.querySelectorAll('path, polyline')) {
    if (path.closest('defs') || path.getAttribute('fill') !== 'none') continue;
    const long = path.getTotalLength(), box = path.getBBox();
    const near = texts.filter(t => t.left < box.x + box.width + 1 && box.x - 1 < t.right && t.top < box.y + box.height + 1 && box.y - 1 < t.bottom);
    for (let at = 0; near.length && at <= long; at += 2) {
      const hit = near.find(t => inside(path.getPointAtLength(at), t));
      if (hit) { say(hit, 'is crossed by a line'); break; }
    }
  }
  for (const use of svg.querySelectorAll('use, circle, polygon')) {
    const b = use.getBBox(), middle = {x: b.x + b.width / 2, y: b.y + b.height / 2};
    const hit = texts.find(t => inside(middle, t));
    if (hit) say(hit, 'lies under a mark');
  }
  return found;
}),

stops: () => { const stops = [...document.querySelectorAll('a[href], summary, [tabindex="0"], button, input, select')]
    .filter(e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}) && !e.disabled);
  stops.forEach((e, number) => e.dataset.stop = number); return stops.length; },

here: () => { const e = document.activeElement; if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {stop: Number(e.dataset.stop ?? -1), what: `<${e.tagName.toLowerCase()}> ${e.textContent.trim().slice(0, 40)}`,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && e.matches(':focus-visible'),
    seen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth}; },

clipped: () => [...document.body.querySelectorAll('*')].filter(e => {
    const style = getComputedStyle(e);
    return !e.closest('svg, .unseen') && e.checkVisibility() && e.textContent.trim()
      && ['hidden', 'clip'].includes(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
  }).map(e => `cut off: ${e.textContent.trim().slice(0, 60)}`),

folded: () => [...document.querySelectorAll('details:not(nav details)')].filter(fold => {
    const inside = [...fold.children].filter(e => !e.matches('summary, .control, .csv, [role=status]')); // not for paper
    return inside.some(e => !e.checkVisibility({contentVisibilityAuto: true}) || e.getBoundingClientRect().height < 1);
  }).map(fold => fold.querySelector('summary').textContent),

unplain: () => {
  const found = [], main = document.querySelector('main') ?? document.body, body = parseFloat(getComputedStyle(main).fontSize);
  for (const e of document.body.querySelectorAll('*')) {
    if (e.closest('svg, .watermark, .unseen, input') || !e.checkVisibility()) continue;
    const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(' ').trim();
    const style = getComputedStyle(e), words = own.split(/\s+/).filter(Boolean).length;
    if (style.textAlign === 'justify' && own) found.push(`justified: ${own.slice(0, 40)}`);
    if (style.textTransform === 'uppercase' && words > 2) found.push(`capitals: ${own.slice(0, 40)}`);
    if (words > 2 && own.length > 15 && own === own.toUpperCase() && /[A-Z]{2}.*\s.*[A-Z]{2}.*\s.*[A-Z]{2}/.test(own) && !e.closest('code, .commentary'))
      found.push(`capitals: ${own.slice(0, 40)}`);
    if (words && words < 15 && parseFloat(style.fontSize) > 1.2 * body && parseInt(style.fontWeight) >= 600
        && !e.closest('h1, h2, h3, h4, h5, h6, caption')) found.push(`looks like a heading: ${own.slice(0, 40)}`);
    const shade = style.backgroundColor, box = e.getBoundingClientRect();
    if (!e.textContent.trim() && !e.querySelector('svg, img') && e.getAttribute('aria-hidden') !== 'true'
        && shade !== 'rgba(0, 0, 0, 0)' && box.width > 3 && box.height > 3) found.push(`a colour without a word: ${e.outerHTML.slice(0, 60)}`);
  }
  return found;
},

// Every text, line and shape of the drawings, with its colour and the one beneath it.
drawn: () => [...document.querySelectorAll('svg')].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const paper = getComputedStyle(document.body).backgroundColor;
  const said = (kind, e, colour, under) => ({kind, what: e.textContent.slice(0, 40) || e.tagName, colour, under});
  const boxes = [], found = [];
  for (const e of svg.querySelectorAll('text, path, use, circle, polyline, rect, polygon, ellipse')) {
    if (e.closest('defs, clipPath, symbol')) continue;
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (e.tagName === 'text') {
      const x = box.x + box.width / 2, y = box.y + box.height / 2;
      const below = boxes.filter(b => b.left <= x && x <= b.right && b.top <= y && y <= b.bottom).pop();
      if (below) below.named = true;
      found.push(said('text', e, style.fill, below ? below.fill : paper));
    } else {
      const filled = style.fill !== 'none', lined = style.stroke !== 'none' && parseFloat(style.strokeWidth) > 0;
      const shade = {fill: style.fill, left: box.left, right: box.right, top: box.top, bottom: box.bottom, e, filled};
      if (filled && ['path', 'rect'].includes(e.tagName)) boxes.push(shade);
      if (lined) found.push({...said('line', e, style.stroke, paper), shade: boxes.indexOf(shade)});
      else if (filled) found.push({...said('shape', e, style.fill, paper), shade: boxes.indexOf(shade)});
    }
  }
  return found.filter(f => f.kind === 'text' || f.shade === -1 || f.shade === undefined || !boxes[f.shade]?.named)
    .map(f => ({kind: f.kind, what: f.what, colour: f.colour, under: f.under}));
}),

// Red, green, blue and opacity, 0 to 255, of colours by name.
colours: names => { const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  return names.map(name => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = name; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; }); },
})

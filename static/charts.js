/* Draws the chart of a question from all its rows, as metadata.yml declares it. One line is one authority or one sum at
 * one scope and level; a year without a figure opens the line; nothing is added up here. */
(function () {
  "use strict";

  const LIBRARY = ["vega.min.js", "vega-lite.min.js", "vega-embed.min.js"];
  // Okabe and Ito's colours, told apart by colour-blind readers; the yellow is too pale on white.
  const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#b8860b", "#000000", "#7f7f7f"];
  const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left"];
  const MOST_SERIES = { years: 8, categories: 6 };
  const MOST_BARS = 40;
  const MOST_SVG_MARKS = 2000;
  // Over so few units Vega halves the steps of an axis, and its whole numbers would be printed twice.
  const FEW_UNITS = 2;
  const FONT = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";
  const SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";

  let loading = null;

  function library(base) {
    const one = (name) =>
      new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = base + name;
        script.onload = done;
        script.onerror = () => failed(new Error(name));
        document.head.append(script);
      });
    loading = loading || LIBRARY.reduce((before, name) => before.then(() => one(name)), Promise.resolve());
    return loading;
  }

  function filled(words, values) {
    return words.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  }

  // Rows: all of them -------------------------------------------------------------------------------------------------

  async function rowsOf(chart) {
    const answer = await fetch(chart.data.json);
    if (!answer.ok) throw new Error(String(answer.status));
    const content = await answer.json();
    if (!content.truncated) return content.rows;
    const whole = await fetch(chart.data.csv);
    if (!whole.ok) throw new Error(String(whole.status));
    return window.vega.read(await whole.text(), { type: "csv", parse: {} }).map((row) => blanksAsNull(row));
  }

  function blanksAsNull(row) {
    return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === "" ? null : cell]));
  }

  function numberIn(cell) {
    return cell === null || cell === undefined || cell === "" || Number.isNaN(Number(cell)) ? null : Number(cell);
  }

  // What is drawn: one entry a row and measure ------------------------------------------------------------------------

  // What a blank means differs by column, and where a column holds several things, by what the row counts.
  function blank(chart, column, row) {
    const own = column === chart.category && chart.unnamed ? chart.unnamed.words[row[chart.unnamed.by]] : null;
    return own || chart.blanks[column] || chart.words.blank;
  }

  function named(chart, column, row) {
    const cell = row[column];
    if (cell === null || cell === undefined) return blank(chart, column, row);
    const names = (chart.codes || {})[column] || {};
    return String(names[cell] || cell);
  }

  function joined(chart, columns, row) {
    return columns.map((column) => named(chart, column, row)).join(" · ");
  }

  function entriesOf(chart, rows) {
    return rows.flatMap((row, place) =>
      chart.values.map((value) => {
        const parts = chart.series.length ? [joined(chart, chart.series, row)] : [];
        if (chart.values.length > 1) parts.push(value.name);
        const shown = numberIn(row[value.column]);
        return {
          place,
          year: chart.year ? numberIn(row[chart.year]) : null,
          category: chart.category ? named(chart, chart.category, row) : null,
          label: chart.label ? named(chart, chart.label, row) : null,
          measure: value.name,
          series: parts.join(" · ") || value.name,
          value: shown,
          told: shown === null ? chart.words.figure_missing : shown.toLocaleString(chart.language),
          ...Object.fromEntries(chart.also.map((other, at) => [`also${at}`, named(chart, other.column, row)])),
        };
      })
    );
  }

  function distinct(values) {
    return [...new Set(values)];
  }

  // A year that a line lacks is an entry without a value; a year that it has twice is points, without a line.
  function withOpenYears(entries) {
    const bySeries = new Map();
    for (const entry of entries) bySeries.set(entry.series, [...(bySeries.get(entry.series) || []), entry]);
    const found = [];
    let doubled = 0;
    for (const [series, own] of bySeries) {
      const counts = new Map();
      for (const entry of own) counts.set(entry.year, (counts.get(entry.year) || 0) + 1);
      for (const entry of own) {
        const alone = counts.get(entry.year) === 1;
        found.push({ ...entry, line: alone ? entry.value : null });
      }
      doubled += [...counts.values()].filter((count) => count > 1).length;
      const years = [...counts.keys()];
      for (let year = Math.min(...years); year <= Math.max(...years); year += 1) {
        if (!counts.has(year)) found.push({ series, year, value: null, line: null });
      }
    }
    return { entries: found, doubled };
  }

  // Specifications ----------------------------------------------------------------------------------------------------

  function axisTitle(chart) {
    const names = chart.values.length === 1 ? chart.values[0].name : chart.value_name || "";
    const unit = chart.values[0].unit;
    return filled(unit && names ? chart.words.with_unit : names ? "{name}" : "{unit}", { name: names, unit });
  }

  function numberAxis(chart, entries) {
    const whole = entries.every((entry) => entry.value === null || Number.isInteger(entry.value));
    const shown = [0, ...entries.map((entry) => entry.value ?? 0)];
    const [least, most] = [Math.min(...shown), Math.max(...shown)];
    const few = whole && most - least <= FEW_UNITS;
    const steps = few ? { values: Array.from({ length: most - least + 1 }, (_, at) => least + at) } : {};
    return { format: whole ? ",d" : ",.3~f", tickMinStep: whole ? 1 : 0.001, tickCount: { signal: "max(2, ceil(width / 90))" },
      title: axisTitle(chart), ...steps };
  }

  function tooltip(chart, ...first) {
    const own = first.map(([field, title]) => ({ field, title, type: "nominal" }));
    const value = { field: "told", type: "nominal", title: axisTitle(chart) || "=" };
    return [...own, value, ...chart.also.map((other, at) => ({ field: `also${at}`, type: "nominal", title: other.name }))];
  }

  function colour(chart, names) {
    const scale = { domain: names, range: names.map((_, at) => COLOURS[at % COLOURS.length]) };
    const legend = names.length > 1 ? { orient: "bottom", title: null, columns: 1, labelLimit: chart.room * 0.8, symbolLimit: 0 } : null;
    return { field: "series", type: "nominal", scale, legend, sort: names };
  }

  function yearsSpec(chart, entries, names) {
    const known = entries.filter((entry) => entry.year !== null);
    const { entries: open, doubled } = withOpenYears(known);
    const years = known.map((entry) => entry.year);
    const [first, last] = [Math.min(...years), Math.max(...years)];
    const every = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const breaks = chart.breaks
      .filter((each) => each.at > first - 0.5 && each.at < last + 0.5)
      .map((each, at) => ({ at: each.at, words: each.words, row: at }));
    const tones = colour(chart, names);
    const shape = { field: "series", type: "nominal", legend: tones.legend, sort: names,
      scale: { domain: names, range: names.map((_, at) => SHAPES[at % SHAPES.length]) } };
    const x = {
      field: "year", type: "quantitative", title: chart.words.report_year,
      scale: { domain: [first - 0.5, last + 0.5], nice: false, zero: false },
      axis: { format: "d", values: every, grid: false, labelOverlap: true },
    };
    const y = { type: "quantitative", axis: numberAxis(chart, open), scale: { zero: true } };
    const layers = [
      { name: "lines", mark: { type: "line", invalid: "break-paths-show-path-domains", strokeWidth: 2 },
        encoding: { x, y: { ...y, field: "line" }, color: tones } },
      { name: "points", mark: { type: "point", filled: true, size: 60, opacity: 1, invalid: "filter" },
        encoding: { x, y: { ...y, field: "value" }, color: tones, shape,
          tooltip: tooltip(chart, ["series", chart.words.line], ["year", chart.words.report_year]) } },
    ];
    if (chart.line === false) layers.shift();
    if (breaks.length) {
      const place = { field: "at", type: "quantitative" };
      layers.unshift(
        { name: "breaks", data: { values: breaks }, mark: { type: "rule", strokeDash: [4, 3], color: "#767676" },
          encoding: { x: place } },
        ...breaks.map((each) => ({
          data: { values: [each] },
          mark: { type: "text", align: each.at > (first + last) / 2 ? "right" : "left", baseline: "bottom", fontSize: 11,
            color: "#555555" },
          encoding: { x: place, y: { value: -4 - 13 * (breaks.length - 1 - each.row) }, text: { field: "words" } },
        }))
      );
    }
    const spec = { height: 320, layer: layers, data: { values: open, name: "rows" }, encoding: {} };
    return { spec, counts: { doubled, undated: entries.length - known.length } };
  }

  function categoriesSpec(chart, entries, names) {
    let order = distinct(entries.map((entry) => entry.category));
    if (chart.order === "value" && names.length === 1) {
      const sorted = [...entries].sort((one, other) => (other.value ?? -1) - (one.value ?? -1));
      order = distinct(sorted.map((entry) => entry.category));
    }
    const y = { field: "category", type: "nominal", sort: order, title: null, axis: { labelLimit: chart.room * 0.36 } };
    // Side by side only where a category has more than one bar.
    const shared = entries.length > order.length;
    const offset = shared && names.length > 1 ? { yOffset: { field: "series", type: "nominal", sort: names } } : {};
    const x = { field: "value", type: "quantitative", axis: numberAxis(chart, entries), stack: null, scale: { zero: true } };
    const spec = {
      height: { step: offset.yOffset ? 16 : 26 },
      data: { values: entries, name: "rows" },
      layer: [
        { name: "bars", mark: { type: "bar", invalid: "filter" },
          encoding: { y, ...offset, x, color: colour(chart, names),
            tooltip: tooltip(chart, ["series", chart.words.line], ["category", chart.words.category]) } },
        figures(y, offset),
      ],
    };
    return { spec, counts: {} };
  }

  // The figure at the end of each bar: it alone tells a printed 0 from a blank.
  function figures(y, offset) {
    return {
      name: "figures",
      transform: [{ calculate: "datum.value === null ? 0 : datum.value", as: "end" }],
      mark: { type: "text", align: "left", dx: 4, fontSize: 11, color: "#333333" },
      encoding: { y, ...offset, x: { field: "end", type: "quantitative", stack: null }, text: { field: "told", type: "nominal" } },
    };
  }

  function unique(entries, many) {
    const seen = new Map();
    return entries.map((entry) => {
      const places = seen.get(entry.label) || seen.set(entry.label, []).get(entry.label);
      if (!places.includes(entry.place)) places.push(entry.place);
      const at = places.indexOf(entry.place) + 1;
      return { ...entry, label: at > 1 ? `${entry.label} (${at})` : entry.label, series: many ? entry.series : entry.measure };
    });
  }

  function reportsSpec(chart, entries) {
    const rows = distinct(entries.map((entry) => entry.place)).length;
    return rows <= MOST_BARS ? barsSpec(chart, entries) : stripSpec(chart, entries);
  }

  function barsSpec(chart, given) {
    const names = distinct(given.map((entry) => entry.series));
    const entries = unique(given, true);
    const sorted = chart.order === "value" ? [...entries].sort((one, other) => (other.value ?? -1) - (one.value ?? -1)) : entries;
    const order = distinct(sorted.map((entry) => entry.label));
    const y = { field: "label", type: "nominal", sort: order, title: null, axis: { labelLimit: chart.room * 0.36 } };
    const x = { field: "value", type: "quantitative", axis: numberAxis(chart, entries), stack: null, scale: { zero: true } };
    const several = chart.values.length > 1;
    const encoding = { y, x, color: colour(chart, names),
      tooltip: tooltip(chart, ["label", chart.words.report], ["series", chart.words.line]) };
    const points = { name: "points", mark: { type: "point", filled: true, size: 80, opacity: 1, invalid: "filter" },
      encoding: { ...encoding, shape: { field: "series", type: "nominal", sort: names, legend: encoding.color.legend,
        scale: { domain: names, range: names.map((_, at) => SHAPES[at % SHAPES.length]) } } } };
    const bars = { name: "bars", mark: { type: "bar", invalid: "filter" }, encoding };
    const spec = { height: { step: 24 }, data: { values: entries, name: "rows" },
      layer: several ? [points] : [bars, figures(y, {})] };
    return { spec, counts: {} };
  }

  function stripSpec(chart, entries) {
    const names = distinct(entries.map((entry) => entry.series));
    const largest = Math.max(...entries.map((entry) => entry.value ?? 0));
    const wide = chart.values[0].unit !== "%" && largest > 1000;
    const spec = {
      height: { step: 36 },
      data: { values: entries, name: "rows" },
      layer: [{
        name: "points",
        mark: { type: "tick", thickness: 2, size: 22, opacity: 0.45, invalid: "filter" },
        encoding: {
          y: { field: "series", type: "nominal", sort: names, title: null, axis: { labelLimit: chart.room * 0.36 } },
          x: { field: "value", type: "quantitative",
            axis: { ...numberAxis(chart, entries), ...(wide ? { values: [0, 1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8] } : {}) },
            scale: wide ? { type: "symlog", nice: false } : { zero: true } },
          color: { ...colour(chart, names), legend: null },
          tooltip: tooltip(chart, ["label", chart.words.report], ["series", chart.words.line]),
        },
      }],
    };
    return { spec, counts: { strip: wide ? chart.words.symlog : chart.words.strip } };
  }

  const SPECS = { years: yearsSpec, categories: categoriesSpec, reports: reportsSpec };

  function chosenOf(chart, entries, choice) {
    const most = MOST_SERIES[chart.kind];
    if (!most) {
      const sought = (choice.words || "").trim();
      return { names: null, all: null, entries: sought ? entries.filter((entry) => (entry.label || "").includes(sought)) : entries };
    }
    const figured = entries.filter((entry) => entry.value !== null);
    const all = distinct([...figured, ...entries].map((entry) => entry.series));
    const withFigures = distinct(figured.map((entry) => entry.series));
    const wanted = choice.series && choice.series.length ? all.filter((name) => choice.series.includes(name)) : withFigures;
    const names = wanted.slice(0, most);
    const empty = all.length - withFigures.length;
    return { names, all, empty, entries: entries.filter((entry) => names.includes(entry.series)) };
  }

  // Specification, the words below it, and what can be chosen.
  function chartOf(chart, rows, choice) {
    const every = entriesOf(chart, rows);
    const chosen = chosenOf(chart, every, choice || {});
    const drawn = chosen.entries.filter((entry) => entry.value !== null && (chart.kind !== "years" || entry.year !== null));
    const told = [];
    if (!drawn.length) return { spec: null, told: [chart.words.nothing], all: chosen.all, drawn: 0 };
    const { spec, counts } = SPECS[chart.kind](chart, chosen.entries, chosen.names);
    const one = distinct(chosen.entries.map((entry) => entry.series));
    if (one.length === 1 && chart.series.length) told.push(filled(chart.words.only_series, { name: one[0] }));
    told.push(filled(chart.words.drawn, { count: drawn.length.toLocaleString(), rows: rows.length.toLocaleString() }));
    const blank = chosen.entries.filter((entry) => entry.value === null).length;
    if (blank) told.push(filled(chart.words.blanks, { count: blank.toLocaleString() }));
    if (counts.undated) told.push(filled(chart.words.undated, { count: counts.undated.toLocaleString() }));
    if (counts.doubled) told.push(filled(chart.words.doubled, { count: counts.doubled.toLocaleString() }));
    if (counts.strip) told.push(counts.strip);
    if (chosen.empty) told.push(filled(chart.words.empty_series, { count: chosen.empty.toLocaleString() }));
    if (chosen.all && chosen.all.length - chosen.empty > chosen.names.length)
      told.push(filled(chart.words.more_series, { all: chosen.all.length.toLocaleString(), count: chosen.names.length }));
    const whole = {
      $schema: SCHEMA, width: "container", background: "#ffffff", padding: 8,
      autosize: { type: "fit-x", contains: "padding" },
      description: [chart.title, chart.question, ...told, chart.words.in_table].join(" "),
      config: { font: FONT, axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" }, view: { stroke: null },
        legend: { labelFontSize: 12 } },
      ...spec,
    };
    return { spec: whole, told, all: chosen.all, drawn: drawn.length };
  }

  // The box on the page -----------------------------------------------------------------------------------------------

  function embedding(drawn) {
    return { ast: true, actions: false, mode: "vega-lite", renderer: drawn > MOST_SVG_MARKS ? "canvas" : "svg" };
  }

  function filesOf(box) {
    return (box.closest(".question-box") || box).querySelectorAll(".chart-file");
  }

  // A chart wider than its box is scrolled, and by keyboard only what can be reached is.
  function letReach(canvas) {
    canvas.toggleAttribute("tabindex", canvas.scrollWidth > canvas.clientWidth);
    if (canvas.hasAttribute("tabindex")) canvas.tabIndex = 0;
  }

  async function show(box, chart, rows, choice) {
    const canvas = box.querySelector(".chart-canvas");
    const { spec, told, all, drawn } = chartOf({ ...chart, room: canvas.clientWidth || 720 }, rows, choice);
    box.querySelector(".chart-told").textContent = told.join(" ");
    if (box.gongkaiView) box.gongkaiView.finalize();
    box.gongkaiView = null;
    canvas.replaceChildren();
    canvas.hidden = !spec;
    for (const tool of filesOf(box)) tool.hidden = !spec;
    box.gongkaiSpec = spec;
    if (spec) box.gongkaiView = (await window.vegaEmbed(canvas, spec, embedding(drawn))).view;
    letReach(canvas);
    return { all, rows: rows.length };
  }

  // A file carries its title, the question, what is left out and its source with it.
  async function save(box, chart, kind) {
    const aside = document.createElement("div");
    const lines = (words) => words.match(/.{1,72}(?:\s|$)|.{1,48}/g) || [words];
    const { config, ...spec } = box.gongkaiSpec;
    const told = box.querySelector(".chart-told").textContent;
    const titled = { ...spec, width: 760, autosize: { type: "pad" }, config,
      title: { text: lines(chart.title), subtitle: [chart.question, told, chart.source].flatMap(lines), anchor: "start" } };
    const { view } = await window.vegaEmbed(aside, titled, { ...embedding(0), renderer: "none" });
    const link = document.createElement("a");
    link.href = await view.toImageURL(kind, kind === "png" ? 2 : 1);
    link.download = `${chart.name}.${kind}`;
    link.click();
    view.finalize();
  }

  function offerChoice(box, chart, rows, all) {
    const chooser = box.querySelector(".chart-choice");
    const list = chooser.querySelector("select");
    const words = chooser.querySelector("input");
    const many = all ? all.length > MOST_SERIES[chart.kind] : rows.length > MOST_BARS;
    chooser.hidden = !many;
    if (!many) return;
    list.parentElement.hidden = !all;
    words.parentElement.hidden = Boolean(all);
    if (all) {
      list.replaceChildren(...all.map((name, at) => new Option(name, name, at < MOST_SERIES[chart.kind], at < MOST_SERIES[chart.kind])));
      list.addEventListener("change", () =>
        show(box, chart, rows, { series: [...list.selectedOptions].map((option) => option.value) }));
    } else {
      words.addEventListener("change", () => show(box, chart, rows, { words: words.value }));
    }
  }

  async function draw(box) {
    const chart = JSON.parse(box.dataset.chart);
    try {
      await library(chart.library);
      const rows = await rowsOf(chart);
      const { all } = await show(box, chart, rows, {});
      offerChoice(box, chart, rows, all);
      for (const tool of filesOf(box)) tool.addEventListener("click", () => save(box, chart, tool.dataset.kind));
    } catch (error) {
      box.querySelector(".chart-told").textContent = chart.words.failed;
    }
    box.dataset.state = "drawn";
  }

  function start() {
    const boxes = [...document.querySelectorAll("[data-chart]")];
    const watcher = new IntersectionObserver((seen) => {
      for (const each of seen.filter((one) => one.isIntersecting)) {
        watcher.unobserve(each.target);
        draw(each.target);
      }
    }, { rootMargin: "400px" });
    const measurer = new ResizeObserver((seen) => seen.forEach((each) => letReach(each.target)));
    for (const box of boxes) {
      watcher.observe(box);
      measurer.observe(box.querySelector(".chart-canvas"));
    }
  }

  window.gongkaiCharts = { chartOf, show };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

// Builds elements. Text only ever becomes text nodes: names and labels of series are data, never markup.

/** An element with properties, attributes (a dash in the name, or role and the like) and children. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) {
      continue;
    }
    if (name === "class") {
      node.className = value;
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (name.includes("-") || name === "role" || name === "for") {
      node.setAttribute(name, value);
    } else {
      node[name] = value;
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Sets the text only where it differs, so that nothing is laid out again for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** The address of a series' view. */
export function seriesLink(series, target) {
  return `#/series/${encodeURIComponent(series)}/${encodeURIComponent(target)}`;
}

/** Sends JSON; resolves to an error's text, or to an empty one. */
export async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.ok ? "" : (await answer.text()) || `error ${answer.status}`;
  } catch (error) {
    return "the server does not answer";
  }
}

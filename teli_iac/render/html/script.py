"""The page's script: searching the decisions, opening and closing them, and opening all for the printer.

It reads what is on the page and writes nothing but `hidden`, `open` and a count, never HTML.
"""

from __future__ import annotations

SCRIPT = """
(function () {
  "use strict";
  var search = document.getElementById("search");
  var query = document.getElementById("query");
  var act = document.getElementById("act");
  var count = document.getElementById("count");
  var items = Array.prototype.slice.call(document.querySelectorAll(".changes > li"));
  var words = items.map(function (item) { return item.textContent.toLowerCase(); });
  var waiting = 0;
  function show() {
    var wanted = query.value.toLowerCase().split(/\\s+/).filter(Boolean);
    var shown = 0;
    items.forEach(function (item, index) {
      var fits = !act.value || item.dataset.act === act.value;
      fits = fits && wanted.every(function (word) { return words[index].indexOf(word) >= 0; });
      item.hidden = !fits;
      if (fits) { shown += 1; }
    });
    count.textContent = shown + " of " + items.length + " campaigns shown";
  }
  function soon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(show, items.length > 500 ? 200 : 0);
  }
  function turn(open, most) {
    items.forEach(function (item) {
      var details = item.firstElementChild;
      if (!item.hidden && details && details.tagName === "DETAILS" && (!open || most > 0)) {
        details.open = open;
        most -= 1;
      }
    });
  }
  if (!items.length) { return; }
  search.hidden = false;
  query.addEventListener("input", soon);
  act.addEventListener("change", show);
  document.getElementById("open").addEventListener("click", function () { turn(true, 1000); });
  document.getElementById("close").addEventListener("click", function () { turn(false, 0); });
  window.addEventListener("beforeprint", function () { turn(true, 200); });
})();
"""

// Follows the files: asks which reading is in force and shows the page anew, in place, when it changed.
(function () {
  "use strict";
  var body = document.body, waiting = document.getElementById("waiting"), misses = 0;

  function show(html) {
    var fresh = new DOMParser().parseFromString(html, "text/html"), focused = document.activeElement;
    if (focused && /INPUT|TEXTAREA/.test(focused.tagName) && focused.closest("main")) { return; }
    ["header", "main", ".state"].forEach(function (part) {
      var old = document.querySelector(part), now = fresh.querySelector(part);
      if (old && now) { old.replaceWith(now); }
    });
    body.dataset.reading = fresh.body.dataset.reading;
    body.classList.add("fresh");
    setTimeout(function () { body.classList.remove("fresh"); }, 900);
  }

  function look() {
    fetch("/reading").then(function (response) { return response.json(); }).then(function (now) {
      misses = 0;
      if (String(now.reading) !== body.dataset.reading && location.pathname !== "/ask") {
        return fetch(location.href).then(function (response) { return response.text(); }).then(show);
      }
    }).catch(function () {
      misses += 1;
      if (misses === 3) {
        var state = document.querySelector(".state");
        state.textContent = body.dataset.lost;
        state.className = "state bad";
      }
    }).then(function () { setTimeout(look, document.hidden ? 3000 : 600); });
  }

  document.addEventListener("change", function (event) {
    var form = event.target.closest(".selectors");
    if (form && event.target.name !== "q") {
      if (event.target.name === "country" && form.elements.region) { form.elements.region.value = ""; }
      form.requestSubmit();
    }
  });
  document.addEventListener("submit", function (event) {
    if (waiting && event.target.action.endsWith("/ask")) { waiting.hidden = false; }
  });
  setTimeout(look, 600);
})();

from interview_platform.execution.languages.base import SelfTest, Step, Toolchain
from interview_platform.execution.languages.jvm import OnJvm


class Clojure(OnJvm):
    id = "clojure"
    name = "Clojure"
    monaco = "clojure"
    file_name = "solution.clj"
    packages = ("clojure", "default-jdk-headless")
    megabytes = 360
    main = "clojure.main"
    libraries = ("clojure.jar", "spec.alpha.jar", "core.specs.alpha.jar")
    self_test = SelfTest(
        "(require '[clojure.string :as string])\n"
        '(let [numbers (map #(Integer/parseInt %) (string/split (read-line) #" "))]\n'
        '  (println "sum" (reduce + numbers) "\\u2713"))\n'
    )

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        step = super().run(tools, live=live)
        return Step([*step.command, self.path], step.environment)

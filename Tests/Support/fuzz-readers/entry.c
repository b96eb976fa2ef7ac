// libFuzzer brings `main`. A target in Swift would have it renamed by SwiftPM, and then it is not found.

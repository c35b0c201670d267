/* ONNX Runtime's half of peers.py, through its C API: a line "workload batch repetitions" is answered by "seconds-per-repetition involuntary-switches".
 *
 * usage: serve LIBRARY MODELS THREADS
 *
 * "lenet5-infer" is MODELS/lenet5.onnx, whose first dimension is fixed to the batch when a session is made, as a user who knows it would do.
 * The library is loaded by name and its functions are taken from their places in the table that every version keeps (onnxruntime_c_api.h), so that no header is
 * needed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    GetErrorMessage = 2, CreateEnv = 3, CreateSession = 7, Run = 9, CreateSessionOptions = 10, SetSessionGraphOptimizationLevel = 23, SetIntraOpNumThreads = 24,
    SetInterOpNumThreads = 25, SessionGetInputTypeInfo = 33, CreateTensorWithDataAsOrtValue = 49, CastTypeInfoToTensorInfo = 55, GetDimensionsCount = 61,
    GetDimensions = 62, CreateCpuMemoryInfo = 69, AddFreeDimensionOverrideByName = 124, AddSessionConfigEntry = 130,
};
enum { ApiVersion = 13, WarningLevel = 2, AllOptimizations = 99, Float = 1, Classes = 10, MaximalRank = 8, MaximalSessions = 64 };

typedef struct {
    const void *const *(*GetApi)(uint32_t);
    const char *(*GetVersionString)(void);
} ApiBase;

typedef struct {
    char workload[64];
    int batch;
    void *session, *input, *output;
} Session;

static const void *const *api;
static void *environment, *memory;
static Session sessions[MaximalSessions];
static int session_count;

static void check(void *status, const char *what) {
    if (!status) return;
    fprintf(stderr, "onnxruntime: %s: %s\n", what, ((const char *(*)(void *))api[GetErrorMessage])(status));
    exit(1);
}

#define CALL(function, ...) check(((void *(*)())api[function])(__VA_ARGS__), #function)

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}

static long switches(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nivcsw;
}

static void *tensor(int64_t *shape, size_t rank, int filled) {
    size_t elements = 1;
    for (size_t i = 0; i < rank; i++) elements *= shape[i];
    float *data = aligned_alloc(64, (elements * sizeof(float) + 63) / 64 * 64);
    for (size_t i = 0; i < elements; i++) data[i] = filled ? (i % 17) * 0.05f - 0.4f : 0;
    void *value = NULL;
    CALL(CreateTensorWithDataAsOrtValue, memory, data, elements * sizeof(float), shape, rank, Float, &value);
    return value;
}

static void predict(const Session *session) {
    const char *inputs[] = {"x"}, *outputs[] = {"y"};
    const void *values[] = {session->input};
    void *results[] = {session->output};
    CALL(Run, session->session, NULL, inputs, values, (size_t)1, outputs, (size_t)1, results);
}

static Session *find(const char *models, const char *workload, int batch, int threads) {
    for (int i = 0; i < session_count; i++)
        if (sessions[i].batch == batch && !strcmp(sessions[i].workload, workload)) return &sessions[i];
    const char *kind = strchr(workload, '-');
    if (!kind || strcmp(kind, "-infer") || session_count == MaximalSessions) {
        fprintf(stderr, "onnxruntime: there is no workload '%s'\n", workload);
        exit(1);
    }

    Session *session = &sessions[session_count++];
    snprintf(session->workload, sizeof session->workload, "%s", workload);
    session->batch = batch;
    char path[4096];
    snprintf(path, sizeof path, "%s/%.*s.onnx", models, (int)(kind - workload), workload);
    void *options = NULL, *type = NULL;
    const void *info = NULL;
    CALL(CreateSessionOptions, &options);
    CALL(SetIntraOpNumThreads, options, threads);
    CALL(SetInterOpNumThreads, options, 1);
    CALL(SetSessionGraphOptimizationLevel, options, AllOptimizations);
    CALL(AddSessionConfigEntry, options, "session.set_denormal_as_zero", "1");
    CALL(AddFreeDimensionOverrideByName, options, "N", (int64_t)batch);
    CALL(CreateSession, environment, path, options, &session->session);

    int64_t shape[MaximalRank], scores[] = {batch, Classes};
    size_t rank = 0;
    CALL(SessionGetInputTypeInfo, session->session, (size_t)0, &type);
    CALL(CastTypeInfoToTensorInfo, type, &info);
    CALL(GetDimensionsCount, info, &rank);
    CALL(GetDimensions, info, shape, rank);
    shape[0] = batch;
    session->input = tensor(shape, rank, 1);
    session->output = tensor(scores, 2, 0);

    double start = seconds();
    for (int i = 0; i < 3 || (i < 1000 && seconds() - start < 0.3); i++) predict(session);
    return session;
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "usage: serve LIBRARY MODELS THREADS\n");
        return 2;
    }

    void *library = dlopen(arguments[1], RTLD_NOW);
    if (!library) {
        fprintf(stderr, "onnxruntime: %s\n", dlerror());
        return 1;
    }

    ApiBase *base = ((ApiBase * (*)(void)) dlsym(library, "OrtGetApiBase"))();
    api = base->GetApi(ApiVersion);
    CALL(CreateEnv, WarningLevel, "peers", &environment);
    CALL(CreateCpuMemoryInfo, 1, 0, &memory);
    printf("ready %s\n", base->GetVersionString());
    fflush(stdout);

    char workload[64];
    int batch, repetitions;
    while (scanf("%63s %d %d", workload, &batch, &repetitions) == 3) {
        const Session *session = find(arguments[2], workload, batch, atoi(arguments[3]));
        predict(session);
        predict(session);
        long before = switches();
        double start = seconds();
        for (int i = 0; i < repetitions; i++) predict(session);
        double each = (seconds() - start) / repetitions;
        printf("%.6e %ld\n", each, switches() - before);
        fflush(stdout);
    }

    return 0;
}
